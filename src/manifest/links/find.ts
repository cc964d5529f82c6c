import { MapNode, type Node, type ScalarNode } from '../node.ts';

/** A scalar that holds a name, and the map it stands in. */
export interface FoundScalar {
  readonly node: ScalarNode;
  readonly parent: MapNode;
}

const placeholder = /^\$\{[A-Za-z_][^{}]*\}$/;

/** The text of a scalar; undefined where there is none, it is empty, or another tool fills it in (`${NAME}`). */
export function nameIn(node: Node | undefined): string | undefined {
  if (node?.type !== 'scalar' || typeof node.value !== 'string' || node.value === '') return undefined;
  return placeholder.test(node.value) ? undefined : node.value;
}

/** A name or a whole number, as ports are given. */
export function portIn(node: Node | undefined): string | number | undefined {
  if (node?.type === 'scalar' && typeof node.value === 'number' && Number.isInteger(node.value))
    return node.value;
  return nameIn(node);
}

/** Every value at a path such as `volumes[].configMap.name`; `[]` means each item of a list. */
export function valuesAt(root: Node | undefined, path: string): readonly Node[] {
  let nodes: readonly Node[] = root === undefined ? [] : [root];
  for (const step of path === '' ? [] : path.split('.')) {
    const key = step.replace('[]', '');
    nodes = nodes.flatMap((node) => {
      const value = node instanceof MapNode ? node.get(key) : undefined;
      if (value === undefined) return [];
      if (!step.endsWith('[]')) return [value];
      return value.type === 'list' ? value.items : [];
    });
  }
  return nodes;
}

/** The maps among {@link valuesAt}. */
export function mapsAt(root: Node | undefined, path: string): readonly MapNode[] {
  return valuesAt(root, path).filter((node) => node instanceof MapNode);
}

/** The scalars among the values at a path, with the maps they stand in. */
export function scalarsAt(root: Node | undefined, path: string): readonly FoundScalar[] {
  const dot = path.lastIndexOf('.');
  const parents = mapsAt(root, path.slice(0, Math.max(0, dot)));
  const field = path.slice(dot + 1);
  return parents.flatMap((parent) => {
    const node = parent.get(field);
    return node?.type === 'scalar' ? [{ node, parent }] : [];
  });
}
