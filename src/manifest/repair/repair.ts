import { t } from '../../base/l10n.ts';
import { splitDocuments } from '../chunk.ts';
import { maximumFileLength } from '../parse.ts';
import { builtInSchema, type Schema } from '../schema/schema.ts';
import { isTemplate } from '../template.ts';
import { isKustomization } from '../kustomize.ts';
import type { Remark } from './describe.ts';
import { repairDocument, type RepairedDocument } from './repairDocument.ts';

export type { Remark } from './describe.ts';

/** Another way to read the damaged text. */
export interface Alternative {
  /** What is different, such as `"name" in line 7: metadata.labels.name instead of metadata.name`. */
  readonly title: string;
  readonly line: number;
  /** The whole text, read so. */
  readonly text: string;
}

/**
 * `sound`: nothing was changed. `repaired`: everything found its place. `partial`: what is in `unplaced` did not.
 * `unreadable`: nothing was done, `reason` says why.
 */
export interface Repair {
  readonly status: 'sound' | 'repaired' | 'partial' | 'unreadable';
  readonly text: string;
  readonly changes: readonly Remark[];
  /** What to look at, since the text alone does not tell. */
  readonly notes: readonly Remark[];
  /** What was kept as a comment, or left as it was, with its reason. */
  readonly unplaced: readonly Remark[];
  readonly alternatives: readonly Alternative[];
  readonly reason?: string;
}

export interface RepairOptions {
  /** The file's name: some are not Kubernetes' own. */
  readonly file?: string;
  readonly schema?: Schema;
}

/**
 * Puts the structure of manifests back that was lost when they were copied. Documents that are sound, or that are
 * no Kubernetes objects, stay as they are to the byte.
 */
export function repairText(
  text: string,
  { file = '', schema = builtInSchema() }: RepairOptions = {},
): Repair {
  const unreadable = whyNot(text, file);
  if (unreadable !== undefined) {
    return {
      status: 'unreadable',
      text,
      changes: [],
      notes: [],
      unplaced: [],
      alternatives: [],
      reason: unreadable,
    };
  }
  const pieces = splitDocuments(text);
  let line = 0;
  const documents = pieces.map((piece): RepairedDocument => {
    const repaired = repairDocument(piece.text, line, schema);
    line += lineBreaksIn(piece.text);
    return repaired;
  });
  const whole = (changed: number, other: string): string =>
    documents.map((document, index) => (index === changed ? other : document.text)).join('');
  const unplaced = documents.flatMap((document) => document.unplaced);
  const isChanged = documents.some((document) => document.isChanged);
  return {
    status: unplaced.length > 0 ? 'partial' : isChanged ? 'repaired' : 'sound',
    text: whole(-1, ''),
    changes: documents.flatMap((document) => document.changes),
    notes: documents.flatMap((document) => document.notes),
    unplaced,
    alternatives: documents.flatMap((document, index) =>
      document.alternatives.map((other) => ({ ...other, text: whole(index, other.text) })),
    ),
  };
}

/** More documents, and nobody can look at what became of them. */
const maximumDocuments = 20_000;

function whyNot(text: string, file: string): string | undefined {
  if (text.length > maximumFileLength) {
    return t('The text is longer than {0} characters. Split it, and repair the parts.', maximumFileLength);
  }
  if (isKustomization(file)) return t("This is kustomize's own file, not a manifest.");
  if (isTemplate(text))
    return t('This is a template: what it becomes is not known here. Repair what it renders.');
  const documents = text.match(/^---/gm)?.length ?? 0;
  return documents > maximumDocuments
    ? t('These are more than {0} documents. Split them.', maximumDocuments)
    : undefined;
}

function lineBreaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
