/** Binds claims to volumes: to ones that fit, or to new ones of the claim's storage class. */
import { at, isObject } from '../objects/json.ts';
import { keyOf } from '../objects/meta.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { persistentVolumeClaims, persistentVolumes, pods, storageClasses } from '../resources/catalog.ts';
import { controllerManager, onChangeOf } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { WorkQueue } from './workQueue.ts';

const writer = { manager: controllerManager };
const statusWriter = { manager: controllerManager, subresource: 'status' } as const;

function claimNames(pod: Pod): string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    const name = at(volume, 'persistentVolumeClaim', 'claimName');
    return typeof name === 'string' ? [name] : [];
  });
}

function isUsed(plane: ControlPlane, claim: ApiObject): boolean {
  return [...plane.api.store.list(pods, claim.metadata.namespace)].some((pod) =>
    claimNames(pod).includes(claim.metadata.name),
  );
}

function fits(volume: ApiObject, claim: ApiObject): boolean {
  const wanted = at(claim, 'spec', 'volumeName');
  if (wanted !== undefined && wanted !== volume.metadata.name) return false;
  const reserved = at(volume, 'spec', 'claimRef', 'name');
  const free = at(volume, 'status', 'phase') === 'Available' || at(volume, 'status', 'phase') === undefined;
  const forUs =
    reserved === claim.metadata.name &&
    at(volume, 'spec', 'claimRef', 'namespace') === claim.metadata.namespace;
  const sameClass =
    (at(volume, 'spec', 'storageClassName') ?? '') === (at(claim, 'spec', 'storageClassName') ?? '');
  const modes = at(claim, 'spec', 'accessModes');
  const offered = at(volume, 'spec', 'accessModes');
  const hasModes =
    Array.isArray(modes) && Array.isArray(offered) && modes.every((mode) => offered.includes(mode));
  return (reserved === undefined ? free : forUs) && sameClass && hasModes;
}

function claimRef(claim: ApiObject): Record<string, unknown> {
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  return { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid, resourceVersion };
}

/** A new volume, simulated: nothing but an object. */
function provision(plane: ControlPlane, claim: ApiObject, storageClass: ApiObject): ApiObject {
  return plane.api.create(
    persistentVolumes,
    undefined,
    {
      metadata: {
        name: `pvc-${claim.metadata.uid}`,
        annotations: { 'pv.kubernetes.io/provisioned-by': storageClass.provisioner },
      },
      spec: {
        capacity: { storage: at(claim, 'spec', 'resources', 'requests', 'storage') },
        accessModes: at(claim, 'spec', 'accessModes'),
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
        storageClassName: storageClass.metadata.name,
        volumeMode: at(claim, 'spec', 'volumeMode') ?? 'Filesystem',
        claimRef: claimRef(claim),
        hostPath: { path: `/var/podnet-lab/${claim.metadata.uid}`, type: '' },
      },
    },
    writer,
  ).object;
}

function bind(plane: ControlPlane, claim: ApiObject, volume: ApiObject): void {
  const { api } = plane;
  api.modify(persistentVolumes, volume.metadata, writer, (draft) => {
    draft.spec = { ...(isObject(draft.spec) ? draft.spec : {}), claimRef: claimRef(claim) };
  });
  api.modify(persistentVolumes, volume.metadata, statusWriter, (draft) => {
    draft.status = { phase: 'Bound' };
  });
  api.modify(persistentVolumeClaims, claim.metadata, writer, (draft) => {
    draft.spec = { ...(isObject(draft.spec) ? draft.spec : {}), volumeName: volume.metadata.name };
  });
  api.modify(persistentVolumeClaims, claim.metadata, statusWriter, (draft) => {
    draft.status = {
      phase: 'Bound',
      accessModes: at(volume, 'spec', 'accessModes'),
      capacity: at(volume, 'spec', 'capacity'),
    };
  });
}

function reconcile(plane: ControlPlane, key: string): void {
  const { store } = plane.api;
  const claim = store.collection(persistentVolumeClaims.storage).get(key);
  if (!claim || claim.metadata.deletionTimestamp || at(claim, 'status', 'phase') === 'Bound') return;
  const fitting = [...store.list(persistentVolumes)].find((volume) => fits(volume, claim));
  if (fitting) {
    bind(plane, claim, fitting);
    return;
  }
  const className = at(claim, 'spec', 'storageClassName');
  const storageClass =
    typeof className === 'string' ? store.get(storageClasses, { name: className }) : undefined;
  if (!storageClass) return;
  const waits = storageClass.volumeBindingMode === 'WaitForFirstConsumer';
  if (!waits || isUsed(plane, claim)) bind(plane, claim, provision(plane, claim, storageClass));
}

/** What becomes of a volume whose claim is gone. */
function release(plane: ControlPlane, claim: ApiObject): void {
  for (const volume of [...plane.api.store.list(persistentVolumes)]) {
    if (at(volume, 'spec', 'claimRef', 'uid') !== claim.metadata.uid) continue;
    if (at(volume, 'spec', 'persistentVolumeReclaimPolicy') === 'Delete') {
      plane.api.store.remove(persistentVolumes, volume.metadata);
    } else {
      plane.api.modify(persistentVolumes, volume.metadata, statusWriter, (draft) => {
        draft.status = { phase: 'Released' };
      });
    }
  }
}

/** Starts the volume binder. */
export function startVolumes(plane: ControlPlane): Stop {
  const { api } = plane;
  const released: ApiObject[] = [];
  const queue = new WorkQueue({
    reconcile: (key) => {
      for (const claim of released.splice(0)) release(plane, claim);
      reconcile(plane, key);
    },
    onError: (key, error) => {
      plane.onError(`PersistentVolumeClaim ${key}`, error);
    },
  });
  const stops = [
    onChangeOf(api, persistentVolumeClaims, ({ type, object }) => {
      if (type === 'DELETED') released.push(object);
      queue.add(keyOf(object));
    }),
    onChangeOf(api, persistentVolumes, ({ type }) => {
      if (type !== 'ADDED') return;
      for (const claim of api.store.list(persistentVolumeClaims)) queue.add(keyOf(claim));
    }),
    onChangeOf(api, pods, ({ type, object }) => {
      if (type !== 'ADDED') return;
      for (const name of claimNames(object)) queue.add(`${object.metadata.namespace ?? ''}/${name}`);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}
