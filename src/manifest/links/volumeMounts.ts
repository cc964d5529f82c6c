import type { MapNode, ScalarNode } from '../node.ts';
import type { ManifestObject } from '../object.ts';
import { mapsAt, nameIn, scalarsAt } from './find.ts';
import { podTemplateOf } from './mentionsOf.ts';
import { containerLists } from './objectReferences.ts';

/** A volume of a pod or claim template of a StatefulSet, and the containers that mount it. */
export interface MountedVolume {
  readonly name: string;
  readonly node: ScalarNode;
  readonly mounts: readonly { readonly container: string; readonly node: ScalarNode }[];
}

/** The volumes of an object's pods, in the order of the text. */
export function mountedVolumes(object: ManifestObject): readonly MountedVolume[] {
  const [spec] = mapsAt(podTemplateOf(object), 'spec');
  if (spec === undefined) return [];
  const claims =
    object.kind === 'StatefulSet' ? scalarsAt(object.root, 'spec.volumeClaimTemplates[].metadata.name') : [];
  return [...scalarsAt(spec, 'volumes[].name'), ...claims].flatMap(({ node }) => {
    const name = nameIn(node);
    return name === undefined ? [] : [{ name, node, mounts: mountsOf(spec, name) }];
  });
}

function mountsOf(spec: MapNode, volume: string): MountedVolume['mounts'] {
  return containerLists.flatMap((list) =>
    mapsAt(spec, `${list}[]`).flatMap((container) =>
      ['volumeMounts[].name', 'volumeDevices[].name']
        .flatMap((path) => scalarsAt(container, path))
        .filter(({ node }) => nameIn(node) === volume)
        .map(({ node }) => ({ container: nameIn(container.get('name')) ?? '?', node })),
    ),
  );
}
