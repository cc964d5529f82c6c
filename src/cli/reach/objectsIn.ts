import { parseAllDocuments } from 'yaml';
import { ExplainedError } from '../../base/errors.ts';
import { isRecord, type Json } from '../../model/json.ts';
import type { ManifestFile } from '../../manifest/file.ts';
import { toJson } from '../../manifest/node.ts';
import { parse } from '../../manifest/parse.ts';

/** What a file holds that bears a kind, and why it was left out where it was. */
export interface ObjectsIn {
  readonly objects: readonly Json[];
  readonly leftOut?: string;
}

/**
 * The objects of a YAML or JSON text, Lists as they stand: those of the API do not repeat the kind in their items.
 * What a whole cluster printed is read too, though it is larger than what may be applied.
 * @throws ExplainedError with the place, where the text is not sound
 */
export function objectsIn(text: string, file: string): ObjectsIn {
  const json = wholeJson(text);
  if (json !== undefined) return { objects: (Array.isArray(json) ? json : [json]).filter(hasKind) };
  const manifest = parse(text, { file });
  if (manifest.kind === 'template') return { objects: [], leftOut: 'a template' };
  if (manifest.kind === 'kustomization') return { objects: [], leftOut: 'a kustomization' };
  if (isTooLarge(manifest)) return { objects: readLarge(text, file) };
  const broken = manifest.problems.find(({ severity }) => severity === 'error');
  if (broken !== undefined) throw brokenAt(file, broken.range.start, broken.message);
  const foreign = manifest.documents.find(({ chunk }) => chunk.broken)?.chunk.problems[0];
  if (foreign !== undefined) throw brokenAt(file, undefined, foreign.message);
  const roots = manifest.documents.flatMap(({ chunk }) => chunk.roots);
  return { objects: roots.map(toJson).filter(isRecord).filter(hasKind) };
}

/** Programs print JSON, and much of it: its own parser is the quick one. undefined: it is no JSON as a whole. */
function wholeJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // YAML in flow style begins so as well: the YAML reader says what is wrong with it, if anything is.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isTooLarge({ kind, documents }: ManifestFile): boolean {
  return (
    kind === 'too-large' ||
    documents.some(({ chunk }) => chunk.problems.some(({ code }) => code === 'yaml-too-large'))
  );
}

function readLarge(text: string, file: string): readonly Json[] {
  const documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: false });
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error === undefined) return [document.toJS() as unknown].filter(isRecord).filter(hasKind);
    const [at] = error.linePos ?? [];
    throw brokenAt(file, at && { line: at.line - 1, character: at.col - 1 }, error.message);
  });
}

function hasKind(object: unknown): object is Json {
  return isRecord(object) && typeof object.kind === 'string';
}

function brokenAt(
  file: string,
  at: { readonly line: number; readonly character: number } | undefined,
  message: string,
): ExplainedError {
  const place = at === undefined ? file : `${file}:${at.line + 1}:${at.character + 1}`;
  return new ExplainedError('broken-manifest', `${place}: ${message}`, {
    remedy: 'podnet lint shows everything that is wrong with it.',
  });
}
