import type { Chunk } from './chunk.ts';
import type { ManifestObject } from './object.ts';
import type { LineIndex, Range } from './position.ts';
import type { Problem } from './problem.ts';

/**
 * What a file is to us. Only `kubernetes` files are talked about; of the others nothing is said:
 * `template` = Helm, Jinja or another text that becomes YAML later; `kustomization` = kustomize's own file;
 * `foreign` = YAML of something else; `too-large` = read by nobody.
 */
export type FileKind = 'kubernetes' | 'template' | 'kustomization' | 'foreign' | 'too-large';

/** A {@link Problem} with its place in the file. */
export interface LocatedProblem extends Omit<Problem, 'span' | 'fix' | 'related'> {
  readonly range: Range;
  readonly fix?: {
    readonly title: string;
    readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  };
  readonly related?: { readonly range: Range; readonly message: string };
  /** Number of the document, from 0. */
  readonly document: number;
}

/** One document of a file: from its `---` to the next. */
export interface ManifestDocument {
  readonly start: number;
  readonly end: number;
  readonly chunk: Chunk;
}

/** A text, read once. Immutable: another version of the text is another ManifestFile. */
export interface ManifestFile {
  readonly file: string;
  readonly version: number;
  readonly text: string;
  readonly kind: FileKind;
  readonly lines: LineIndex;
  readonly documents: readonly ManifestDocument[];
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly LocatedProblem[];
}
