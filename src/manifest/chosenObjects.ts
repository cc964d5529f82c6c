import { t } from '../base/l10n.ts';
import type { ManifestFile } from './file.ts';
import type { ManifestObject } from './object.ts';

/** Objects to be sent to a server, and documents that cannot be. */
export interface ChosenObjects {
  readonly objects: readonly ManifestObject[];
  /** One sentence for each document that cannot be sent. `line` from 0. */
  readonly refused: readonly { readonly line: number; readonly why: string }[];
}

/**
 * The objects of a file, or only those of documents that the lines touch.
 *
 * @param lines first and last, from 0
 */
export function chosenObjects(
  file: ManifestFile,
  lines?: { readonly first: number; readonly last: number },
): ChosenObjects {
  if (file.kind === 'template')
    return {
      objects: [],
      refused: [{ line: 0, why: t('It is a template: render it first, and apply what comes out.') }],
    };
  if (file.kind === 'kustomization')
    return {
      objects: [],
      refused: [{ line: 0, why: t('It is a kustomization: apply what kustomize makes of it.') }],
    };
  const isChosen = (document: number): boolean => {
    const found = file.documents[document];
    if (lines === undefined || found === undefined) return found !== undefined;
    const first = file.lines.lineAt(found.start);
    const last = file.lines.lineAt(Math.max(found.start, found.end - 1));
    return first <= lines.last && last >= lines.first;
  };
  const chosen = file.objects.filter(({ document }) => isChosen(document));
  const refused = file.documents.flatMap(({ start, chunk }, index) => {
    if (!isChosen(index)) return [];
    const line = file.lines.lineAt(start);
    if (chunk.broken) return [{ line, why: t('Its YAML has errors.') }];
    return chosen
      .filter(({ document }) => document === index)
      .flatMap((object) => {
        const why = incompleteness(object);
        return why === undefined ? [] : [{ line: object.rangeOf(object.root).start.line, why }];
      });
  });
  const objects = chosen.filter((object) => !object.broken && incompleteness(object) === undefined);
  return { objects, refused };
}

function incompleteness(object: ManifestObject): string | undefined {
  if (object.apiVersion === '') return t('It has no apiVersion.');
  if (object.kind === '') return t('It has no kind.');
  const name = object.at(['metadata', 'name']);
  if (name?.type !== 'scalar' || typeof name.value !== 'string' || name.value === '')
    return t('It has no metadata.name, which apply needs.');
  return undefined;
}
