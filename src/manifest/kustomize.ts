import { readChunk } from './chunk.ts';
import { nodeAt, type Node } from './node.ts';

/** Whether a file is kustomize's own, by its name. */
export function isKustomization(file: string): boolean {
  return /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/.test(file);
}

/**
 * The patches that a kustomization names, as it writes their paths. A patch is a part of an object, so it is not
 * checked as one. Paths with line breaks are patches written in place.
 */
export function patchesOf(text: string): readonly string[] {
  const [root] = readChunk(text).roots;
  const paths = [
    ...itemsAt(root, 'patchesStrategicMerge'),
    ...itemsAt(root, 'patches').map((item) => nodeAt(item, ['path'])),
    ...itemsAt(root, 'patchesJson6902').map((item) => nodeAt(item, ['path'])),
    ...itemsAt(root, 'replacements').map((item) => nodeAt(item, ['path'])),
  ];
  return paths.flatMap((node) =>
    node?.type === 'scalar' && typeof node.value === 'string' && !node.value.includes('\n')
      ? [node.value]
      : [],
  );
}

function itemsAt(root: Node | undefined, key: string): readonly Node[] {
  const list = nodeAt(root, [key]);
  return list?.type === 'list' ? list.items : [];
}

/** The files that the kustomizations among some files use as patches, by name with slashes. */
export function patchFiles(
  files: readonly { readonly file: string; readonly text: string }[],
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { file, text } of files) {
    if (!isKustomization(file)) continue;
    const folder = file.replace(/[^\\/]*$/, '');
    for (const path of patchesOf(text)) found.add(plain(folder + path));
  }
  return found;
}

/** A path without `.` and `..` where they can be worked out. */
export function plain(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '.') continue;
    const before = parts.at(-1);
    if (part === '..' && before !== undefined && before !== '' && before !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
