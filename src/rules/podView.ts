import { templatePaths } from '../manifest/facts.ts';
import type { MapNode } from '../manifest/node.ts';
import type { ManifestObject } from '../manifest/object.ts';
import { booleanOf, mapOf, mapsOf, textOf } from './read.ts';

export type ContainerList = 'containers' | 'initContainers' | 'ephemeralContainers';

/** A container of a pod as it is written. */
export interface ContainerView {
  readonly node: MapNode;
  readonly list: ContainerList;
  readonly index: number;
  /** Its name, or `containers[0]` when it has none: for messages. */
  readonly title: string;
  /** The name as written; undefined when missing. */
  readonly name: string | undefined;
  /** An init container that keeps running beside the others (restartPolicy Always). */
  readonly sidecar: boolean;
}

/** The pod that an object is, or the template of the pods that it makes. */
export interface PodView {
  /** True for a Pod itself, false for a template. */
  readonly isPod: boolean;
  /** The pod or template: metadata and spec. */
  readonly root: MapNode;
  readonly metadata: MapNode | undefined;
  readonly spec: MapNode;
  readonly containers: readonly ContainerView[];
  readonly hostNetwork: boolean;
}

const lists: readonly ContainerList[] = ['containers', 'initContainers', 'ephemeralContainers'];

export function podView(object: ManifestObject): PodView | undefined {
  const isPod = object.kind === 'Pod';
  const path = isPod ? [] : templatePaths[object.kind];
  if (path === undefined) return undefined;
  const root = mapOf(object.at(path));
  const spec = mapOf(root?.get('spec'));
  if (root === undefined || spec === undefined) return undefined;
  return {
    isPod,
    root,
    spec,
    metadata: mapOf(root.get('metadata')),
    containers: lists.flatMap((list) => containersOf(spec, list)),
    hostNetwork: booleanOf(spec.get('hostNetwork')) === true,
  };
}

function containersOf(spec: MapNode, list: ContainerList): readonly ContainerView[] {
  return mapsOf(spec.get(list)).map((node, index) => {
    const name = textOf(node.get('name'));
    return {
      node,
      list,
      index,
      name,
      title: name === undefined || name === '' ? `${list}[${index}]` : name,
      sidecar: list === 'initContainers' && textOf(node.get('restartPolicy')) === 'Always',
    };
  });
}
