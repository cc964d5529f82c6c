import { t } from '../base/l10n.ts';
import { scanLines } from './lines.ts';
import type { Problem } from './problem.ts';

/*
 * People paste manifests from lessons with notes behind an arrow: `kind: Service --> Defines …`. YAML takes
 * the note as part of the value, or refuses the file. We read such a note as the comment that was meant.
 */

const arrow = /(?<=\s)(?:<?[-–—]{2,}>|<[-–—]{2,}|[-–—]>|={1,2}>|<==|[→←⇒⇐➔➜])(?=\s|$)/u;
/** `key:`, `- key: value` or `- value` with a simple value; then the arrow. */
const annotated =
  /^\s*(?:- +)*(?:[\w./$-]+\s*:)?(?:\s+(?:"[^"]*"|'[^']*'|[^\s"'#&*|>][^\s#]*|\[[^\]]*\]|\{[^}]*\}))?\s+$/;

/** Where text with an arrow in it may well be meant: prose, scripts and free data. */
const proseAbove = new Set(['annotations', 'data', 'stringData', 'args', 'command', 'binaryData']);
const proseKey = /^\s*(?:- +)*(?:value|description|summary|message|title|text|query|expr)\s*:/;

const quickLook = /[-–—=]>|<[-–—=]{2}|[→←⇒⇐➔➜]/u;

export interface Unannotated {
  /** The text, as long as before, with a `#` in the place of each arrow's first character. */
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** Turns `--> note` into a comment, keeping every offset; answers what it did. */
export function withoutArrows(text: string): Unannotated {
  if (!quickLook.test(text)) return { text, problems: [] };
  const problems: Problem[] = [];
  const pieces: string[] = [];
  let done = 0;
  for (const line of scanLines(text)) {
    if (line.literal || line.parents.some((key) => proseAbove.has(key)) || proseKey.test(line.text)) continue;
    const found = arrow.exec(line.text);
    if (!found || !annotated.test(line.text.slice(0, found.index))) continue;
    const start = line.start + found.index;
    pieces.push(text.slice(done, start), '#');
    done = start + 1;
    const end = line.start + line.text.trimEnd().length;
    problems.push({
      code: 'lesson-arrow',
      severity: 'error',
      span: { start, end },
      message: t(
        '"{0}" and the note behind it are not YAML: the server would take them as part of the value. Make the note a comment: "# …".',
        found[0],
      ),
      fix: {
        title: t('Make the note a comment'),
        edits: [{ start, end: start + found[0].length, newText: '#' }],
      },
    });
  }
  return { text: pieces.join('') + text.slice(done), problems };
}
