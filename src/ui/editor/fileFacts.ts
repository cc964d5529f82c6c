import { factsOfObject } from '../../manifest/facts.ts';
import type { FileKind, ManifestFile } from '../../manifest/file.ts';
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
  // Cloned, because parts of a string keep the whole text in memory.
  return { objects: structuredClone(file.objects.map(factsOfObject)), ...(doubt !== undefined && { doubt }) };
}
