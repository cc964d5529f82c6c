import { t } from '../base/l10n.ts';
import { readChunk, splitDocuments, type Chunk } from './chunk.ts';
import type { FileKind, LocatedProblem, ManifestDocument, ManifestFile } from './file.ts';
import { isKustomization } from './kustomize.ts';
import { MapNode, type Node } from './node.ts';
import { ManifestObject, type Surroundings } from './object.ts';
import { LineIndex, type Range, type Span } from './position.ts';
import type { Problem } from './problem.ts';
import { looksLikeObject, looksLikeObjectText } from './recognize.ts';
import { isTemplate } from './template.ts';

export interface ParseOptions {
  /** The file's name or URI, as findings shall call it. */
  readonly file?: string;
  /** The editor's version of the text. */
  readonly version?: number;
  /** An earlier version of the same file: documents whose text is the same are not read again. */
  readonly previous?: ManifestFile;
  /** Documents that were read already, by their text. */
  readonly known?: ReadonlyMap<string, Chunk>;
}

/** Longer files are not read: nobody writes 10 million characters of manifests by hand. */
export const maximumFileLength = 10_000_000;
/** A file with more documents is not read. */
export const maximumDocuments = 20_000;

/** Reads a YAML or JSON text with any number of documents. Never throws. */
export function parse(text: string, options: ParseOptions = {}): ManifestFile {
  const base = { file: options.file ?? 'manifest.yaml', version: options.version ?? 0, text };
  const nothing = { lines: new LineIndex(''), documents: [], objects: [], problems: [] };
  if (text.length > maximumFileLength)
    return tooLarge(base, t('longer than {0} characters', maximumFileLength));
  if (isKustomization(base.file)) return { ...base, ...nothing, kind: 'kustomization' };
  if (isTemplate(text)) return { ...base, ...nothing, kind: 'template' };
  const pieces = splitDocuments(text);
  if (pieces.length > maximumDocuments) return tooLarge(base, t('more than {0} documents', maximumDocuments));
  const known = new Map<string, Chunk>(options.known);
  for (const document of options.previous?.documents ?? []) known.set(document.chunk.text, document.chunk);
  const documents = pieces.map((piece): ManifestDocument => ({
    start: piece.start,
    end: piece.start + piece.text.length,
    chunk: known.get(piece.text) ?? readChunk(piece.text),
  }));
  const lines = new LineIndex(text);
  const objects = documents.flatMap((document, index) => objectsOf(document, index, base.file, lines));
  const kind = kindOf(objects, documents);
  const read = kind === 'kubernetes' ? documents : [];
  const problems = read.flatMap((document, index) => problemsOf(document, index, lines));
  return { ...base, kind, lines, documents, objects: kind === 'kubernetes' ? objects : [], problems };
}

function tooLarge(base: { file: string; version: number; text: string }, why: string): ManifestFile {
  const range: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const message = t('This file is {0} and was not checked. Split it to have it checked.', why);
  return {
    ...base,
    kind: 'too-large',
    lines: new LineIndex(''),
    documents: [],
    objects: [],
    problems: [{ code: 'yaml-too-large', severity: 'warning', range, message, document: 0 }],
  };
}

function kindOf(objects: readonly ManifestObject[], documents: readonly ManifestDocument[]): FileKind {
  const isKustomize = (object: ManifestObject): boolean => object.group === 'kustomize.config.k8s.io';
  if (objects.some(isKustomize)) return 'kustomization';
  if (objects.length > 0) return 'kubernetes';
  // A manifest too broken to have objects still says what is wrong with it.
  return documents.some(({ chunk }) => chunk.broken && looksLikeObjectText(chunk.text))
    ? 'kubernetes'
    : 'foreign';
}

function objectsOf(
  document: ManifestDocument,
  index: number,
  file: string,
  lines: LineIndex,
): readonly ManifestObject[] {
  const around: Surroundings = {
    file,
    documentStart: document.start,
    memos: document.chunk.memos,
    rangeOf: (span) => rangeIn(document, span, lines),
  };
  const { chunk } = document;
  return chunk.roots
    .flatMap(itemsOf)
    .filter(looksLikeObject)
    .map((root) => new ManifestObject(root, index, chunk.broken, around));
}

/** The objects of a document: its root, or the items of a `kind: List` (also `PodList` and the like). */
function itemsOf(root: Node): readonly MapNode[] {
  if (!(root instanceof MapNode)) return [];
  const kind = root.get('kind');
  const items = root.get('items');
  const isList = kind?.type === 'scalar' && typeof kind.value === 'string' && kind.value.endsWith('List');
  if (!isList || items?.type !== 'list') return [root];
  return items.items.filter((item) => item instanceof MapNode);
}

function problemsOf(document: ManifestDocument, index: number, lines: LineIndex): readonly LocatedProblem[] {
  return document.chunk.problems.map((problem) => located(problem, document, index, lines));
}

function located(
  problem: Problem,
  document: ManifestDocument,
  index: number,
  lines: LineIndex,
): LocatedProblem {
  const { span, fix, related, ...rest } = problem;
  const range = (of: Span): Range => rangeIn(document, of, lines);
  return {
    ...rest,
    document: index,
    range: range(span),
    ...(fix && {
      fix: {
        title: fix.title,
        edits: fix.edits.map((edit) => ({ range: range(edit), newText: edit.newText })),
      },
    }),
    ...(related && { related: { range: range(related), message: related.message } }),
  };
}

function rangeIn(document: ManifestDocument, span: Span, lines: LineIndex): Range {
  return lines.range({ start: document.start + span.start, end: document.start + span.end });
}
