import { parseAllDocuments, type YAMLError } from 'yaml';
import { t } from '../base/l10n.ts';
import { withoutArrows } from './arrows.ts';
import { Composer } from './compose.ts';
import type { Node } from './node.ts';
import type { Span } from './position.ts';
import type { Problem } from './problem.ts';
import { joinedLine } from './recognize.ts';
import { readSimpleYaml } from './simpleYaml.ts';
import { explainSyntaxError } from './syntaxErrors.ts';

/** What one document's text says, with spans relative to the document's start: kept while its text stays. */
export interface Chunk {
  readonly text: string;
  /** More than one only where documents are ended by `...`. */
  readonly roots: readonly Node[];
  readonly problems: readonly Problem[];
  /** The text could not be read as it was meant; what was read may be incomplete. */
  readonly broken: boolean;
  /** What others worked out of this text, by the object's root; it goes when the chunk goes. */
  readonly memos: WeakMap<object, Map<symbol, unknown>>;
}

/** A document's text, and where in the file it starts. */
export interface ChunkText {
  readonly text: string;
  readonly start: number;
}

/** The API server's limit for one request body (3 MiB). */
export const maximumDocumentLength = 3 * 1024 * 1024;

/** Cuts a text into its documents: in YAML a line that starts with `---` always begins one. */
export function splitDocuments(text: string): readonly ChunkText[] {
  const starts = [0];
  const marker = /^---(?=[ \t\r\n]|$)/gm;
  for (let match = marker.exec(text); match; match = marker.exec(text)) {
    const before = text.slice(starts.at(-1), match.index);
    // Comments and directives (%YAML) before the marker belong to the document that follows.
    if (/^(?:[ \t]*(?:#.*)?\r?\n|%.*\r?\n)*$/.test(before)) continue;
    starts.push(match.index);
  }
  return starts.map((start, index) => ({ start, text: text.slice(start, starts[index + 1] ?? text.length) }));
}

/** Reads one document's text. Never throws; what is wrong is in `problems`. */
export function readChunk(text: string): Chunk {
  if (text.length > maximumDocumentLength) {
    const message = t(
      'This document is longer than 3 MiB, which is more than the API server takes. Split it.',
    );
    return {
      text,
      roots: [],
      problems: [whole('yaml-too-large', text, message)],
      broken: true,
      memos: new WeakMap(),
    };
  }
  const { text: yaml, problems: arrows } = withoutArrows(text);
  try {
    const root = arrows.length === 0 && !isTooDeep(yaml) ? readSimpleYaml(yaml) : undefined;
    if (root) return { text, roots: [root], problems: [], broken: false, memos: new WeakMap() };
    return compose(text, yaml, arrows);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = t(
      'Lists and maps are nested too deeply to be read; the API server refuses such a document.',
    );
    return {
      text,
      roots: [],
      problems: [...arrows, whole('yaml-too-deep', text, message)],
      broken: true,
      memos: new WeakMap(),
    };
  }
}

/** A text with more problems has the wrong format, and they are not all told. */
const maximumProblems = 200;

/** Beyond this depth the `yaml` package and the server give up; measured on the text, without parsing it. */
const maximumDepth = 1_000;

/** Reads a text with the whole parser, whatever is in it. */
export function compose(text: string, yaml: string, arrows: readonly Problem[]): Chunk {
  if (isTooDeep(yaml)) throw new RangeError('nested too deeply');
  const composer = new Composer();
  const roots: Node[] = [];
  const problems: Problem[] = [...arrows];
  const parsed = parseAllDocuments(yaml, {
    version: '1.1',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    keepSourceTokens: false,
  });
  const documents = Array.isArray(parsed) ? parsed : [];
  let errors: readonly YAMLError[] = 'errors' in parsed ? parsed.errors : [];
  for (const document of documents) {
    errors = [...errors, ...document.errors];
    const root = composer.compose(document.contents, document.range[0]);
    if (root !== undefined) roots.push(root);
  }
  const line = errors.length > 0 ? joinedLine(yaml) : undefined;
  if (line) return { text, roots: [], problems: [lostLineBreaks(line)], broken: true, memos: new WeakMap() };
  // One mistake often leads to more: only the first error of a line is told.
  const lines = new Set<number>();
  for (const error of errors) {
    const line = yaml.lastIndexOf('\n', error.pos[0] - 1);
    if (!lines.has(line)) problems.push(explainSyntaxError(error, yaml));
    lines.add(line);
  }
  const broken = errors.length > 0 || composer.problems.some((problem) => problem.code === 'yaml-too-large');
  return {
    text,
    roots,
    problems: [...problems, ...composer.problems].slice(0, maximumProblems),
    broken,
    memos: new WeakMap(),
  };
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let dashes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 91 || unit === 123) depth += 1;
    else if (unit === 93 || unit === 125) depth -= 1;
    else if (unit === 10) dashes = 0;
    else if ((unit === 45 || unit === 63) && text.charCodeAt(i + 1) === 32) dashes += 1;
    if (depth > maximumDepth || dashes > maximumDepth) return true;
  }
  return false;
}

function lostLineBreaks(span: Span): Problem {
  const message = t(
    'The line breaks are lost: the whole manifest stands on one line. Put each field on a line of its own, indented below the one it belongs to.',
  );
  return { code: 'lost-line-breaks', severity: 'error', span, message };
}

function whole(code: Problem['code'], text: string, message: string): Problem {
  const span: Span = { start: 0, end: Math.max(0, text.search(/\r?\n|$/)) };
  return { code, severity: 'error', span, message };
}
