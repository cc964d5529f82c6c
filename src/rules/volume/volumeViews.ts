import type { Entry, MapNode } from '../../manifest/node.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import type { ContainerView, PodView } from '../podView.ts';
import { filledText, isSet, mapOf, mapsOf, textOf } from '../read.ts';

/** A volume of a pod as it is written. */
export interface VolumeView {
  readonly node: MapNode;
  readonly index: number;
  readonly name: string | undefined;
  /** The entries that say where its files come from: normally one. `emptyDir:` with nothing behind is none. */
  readonly sources: readonly Entry[];
}

export function volumesOf(pod: PodView): readonly VolumeView[] {
  return mapsOf(pod.spec.get('volumes')).map((node, index) => ({
    node,
    index,
    name: filledText(node.get('name')),
    sources: node.entries.filter(
      (entry) => entry.key.value !== 'name' && isSet(entry.value) && volumeSources.has(entry.key.value),
    ),
  }));
}

/** The fields of core/v1 Volume that are a source. */
export const volumeSources: ReadonlySet<string> = new Set(
  'emptyDir hostPath configMap secret persistentVolumeClaim projected downwardAPI nfs csi ephemeral image iscsi fc awsElasticBlockStore gcePersistentDisk azureDisk azureFile cephfs cinder flexVolume flocker gitRepo glusterfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume'.split(
    ' ',
  ),
);

/** A mount of a container as it is written. */
export interface MountView {
  readonly node: MapNode;
  readonly container: ContainerView;
  readonly volume: string | undefined;
  readonly path: string | undefined;
}

export function mountsOf(container: ContainerView): readonly MountView[] {
  return mapsOf(container.node.get('volumeMounts')).map((node) => ({
    node,
    container,
    volume: filledText(node.get('name')),
    path: filledText(node.get('mountPath')),
  }));
}

/** The names that mounts may refer to: the pod's volumes, and the claims that a StatefulSet makes. */
export function mountableNames(pod: PodView, object: ManifestObject): ReadonlySet<string> {
  const names = volumesOf(pod).flatMap((volume) => volume.name ?? []);
  if (object.kind === 'StatefulSet') names.push(...claimTemplateNames(object));
  return new Set(names);
}

export function claimTemplateNames(object: ManifestObject): readonly string[] {
  return mapsOf(object.at(['spec', 'volumeClaimTemplates'])).flatMap(
    (claim) => textOf(mapOf(claim.get('metadata'))?.get('name')) ?? [],
  );
}
