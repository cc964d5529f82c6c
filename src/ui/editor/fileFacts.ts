import { factsOfObject, type ObjectFacts } from '../../manifest/facts.ts';
import type { FileKind, ManifestFile } from '../../manifest/file.ts';
import { Memo, type ManifestObject } from '../../manifest/object.ts';
import type { FileFacts } from './factsStore.ts';

const doubts: Readonly<Partial<Record<FileKind, string>>> = {
  template: 'a template: what it becomes is not known here',
  kustomization: 'kustomize may change names, labels and selectors',
  'too-large': 'too large to be read',
};

/** What other files may know of a file. */
export function fileFacts(file: ManifestFile): FileFacts {
  const doubt =
    doubts[file.kind] ?? (file.objects.some((object) => object.broken) ? 'it has errors' : undefined);
  return { objects: file.objects.map(keptFacts), ...(doubt !== undefined && { doubt }) };
}

const memo = new Memo<Omit<ObjectFacts, 'place'>>('kept facts');

/** Facts cloned, because parts of a string keep the whole text in memory; once as long as the object's text stays. */
function keptFacts(object: ManifestObject): ObjectFacts {
  const { place, ...facts } = factsOfObject(object);
  const kept = object.recall(memo) ?? object.remember(memo, structuredClone(facts));
  return place === undefined ? kept : { ...kept, place: { ...place, file: object.file } };
}
