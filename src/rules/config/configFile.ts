import { t } from '../../base/l10n.ts';
import { readChunk } from '../../manifest/chunk.ts';
import { entryAt, MapNode, nodeAt, toJson, type Node } from '../../manifest/node.ts';
import { LineIndex, type Range, type Span } from '../../manifest/position.ts';
import { nearest } from '../nearest.ts';
import { emptyConfig, readLintConfig, type LintConfig } from './lintConfig.ts';

/** The file's name: in the folder of the manifests, or in one above. */
export const configFileName = '.podnetrc.yaml';

/** A {@link ConfigProblem} with its place in the file. */
export interface LocatedConfigProblem {
  readonly range: Range;
  readonly message: string;
  readonly remedy: string;
}

/** Reads the text of a config file: a section `lint` with the names of the settings `podNetwork.lint.*`. */
export function readConfigFile(text: string): {
  readonly config: LintConfig;
  readonly problems: readonly LocatedConfigProblem[];
} {
  const lines = new LineIndex(text);
  const chunk = readChunk(text);
  const problems: LocatedConfigProblem[] = [];
  const say = (span: Span, message: string, remedy: string): void => {
    problems.push({ range: lines.range(span), message, remedy });
  };
  for (const problem of chunk.problems) say(problem.span, problem.message, t('Correct the YAML.'));
  const [root] = chunk.roots;
  if (root === undefined || isNull(root) || chunk.broken) return { config: emptyConfig, problems };
  if (!(root instanceof MapNode)) {
    say(root, t('This is not a config: it has no sections.'), t('Begin with "lint:".'));
    return { config: emptyConfig, problems };
  }
  for (const { key } of root.entries) {
    if (key.value === 'lint') continue;
    const meant = nearest(key.value, ['lint']);
    const remedy = meant === undefined ? t('There is the section lint.') : t('Did you mean {0}?', meant);
    say(key, t('There is no section "{0}".', key.value), remedy);
  }
  const section = root.get('lint');
  const { config, problems: found } = readLintConfig(toJson(section));
  for (const { path, message, remedy } of found) {
    say(placeOf(section, path) ?? root.entry('lint')?.key ?? root, message, remedy);
  }
  return { config, problems };
}

function isNull(node: Node): boolean {
  return node.type === 'scalar' && node.value === null;
}

function placeOf(section: Node | undefined, path: readonly (string | number)[]): Span | undefined {
  return typeof path.at(-1) === 'number' ? nodeAt(section, path) : entryAt(section, path)?.key;
}
