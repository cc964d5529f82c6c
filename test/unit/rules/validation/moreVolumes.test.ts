import { agree, claim, goodClaim, volume } from './manifests.ts';

agree('volumes and claims, and more', [
  [
    'vol/mount-readonly-str',
    0,
    volume('emptyDir: {}', 'volumeMounts:\n- {name: v, mountPath: /v, readOnly: "true"}'),
  ],
  ['vol/mount-empty-path', 0, volume('emptyDir: {}', 'volumeMounts:\n- {name: v, mountPath: ""}')],
  ['vol/mount-root', 1, volume('emptyDir: {}', 'volumeMounts:\n- {name: v, mountPath: /}')],
  ['vol/subpath-empty', 1, volume('emptyDir: {}', 'volumeMounts:\n- {name: v, mountPath: /v, subPath: ""}')],
  [
    'vol/subpathexpr-dots',
    0,
    volume('emptyDir: {}', 'volumeMounts:\n- {name: v, mountPath: /v, subPathExpr: ../$(A)}'),
  ],
  ['vol/emptydir-null', 1, volume('emptyDir: null')],
  ['vol/emptydir-size-str', 0, volume('emptyDir: {sizeLimit: big}')],
  ['vol/hostpath-type-ok', 1, volume('hostPath: {path: /a, type: DirectoryOrCreate}')],
  ['vol/secret-items-mode', 1, volume('secret: {secretName: a, items: [{key: k, path: p, mode: 0400}]}')],
  ['vol/secret-mode-neg', 0, volume('secret: {secretName: a, defaultMode: -1}')],
  ['vol/secret-mode-512', 0, volume('secret: {secretName: a, defaultMode: 512}')],
  ['vol/secret-optional-str', 0, volume('secret: {secretName: a, optional: "yes"}')],
  [
    'vol/downward-mode',
    0,
    volume('downwardAPI: {defaultMode: 01000, items: [{path: a, fieldRef: {fieldPath: metadata.name}}]}'),
  ],
  [
    'vol/downward-both-refs',
    0,
    volume(
      'downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.name}, resourceFieldRef: {containerName: c, resource: limits.cpu}}]}',
    ),
  ],
  ['vol/downward-abs', 0, volume('downwardAPI: {items: [{path: /a, fieldRef: {fieldPath: metadata.name}}]}')],
  ['vol/downward-nopath', 0, volume('downwardAPI: {items: [{fieldRef: {fieldPath: metadata.name}}]}')],
  [
    'vol/proj-same-path-two-sources',
    0,
    volume(
      'projected: {sources: [{configMap: {name: a, items: [{key: k, path: p}]}},{secret: {name: b, items: [{key: k, path: p}]}}]}',
    ),
  ],
  [
    'vol/proj-downward',
    1,
    volume(
      'projected: {sources: [{downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.name}}]}}]}',
    ),
  ],
  ['vol/proj-ctb', 1, volume('projected: {sources: [{clusterTrustBundle: {name: a, path: b}}]}')],
  ['vol/iscsi-noiqn', 0, volume('iscsi: {targetPortal: a, lun: 0}')],
  ['vol/fc-none', 0, volume('fc: {}')],
  ['vol/azurefile-noshare', 0, volume('azureFile: {secretName: a}')],
  ['vol/gce', 1, volume('gcePersistentDisk: {pdName: a}')],
  ['vol/gce-noname', 0, volume('gcePersistentDisk: {}')],
  ['vol/nfs-empty', 0, volume('nfs: {}')],
  ['pvc/rox', 1, claim('accessModes: [ReadOnlyMany, ReadWriteMany]\nresources: {requests: {storage: 1Gi}}')],
  ['pvc/storage-num', 1, claim('accessModes: [ReadWriteOnce]\nresources: {requests: {storage: 1000000}}')],
  ['pvc/storage-lower', 0, claim('accessModes: [ReadWriteOnce]\nresources: {requests: {storage: 1gi}}')],
  ['pvc/storage-space', 0, claim('accessModes: [ReadWriteOnce]\nresources: {requests: {storage: 1 Gi}}')],
  ['pvc/sc-null', 1, claim(goodClaim + '\nstorageClassName: null')],
  ['pvc/volname', 1, claim(goodClaim + '\nvolumeName: pv-1')],
  ['pvc/capacity-field', 0, claim(goodClaim + '\ncapacity: {storage: 1Gi}')],
  ['pvc/ds-api', 0, claim(goodClaim + '\ndataSource: {kind: Secret, name: a}')],
  [
    'pvc/ds-snap',
    1,
    claim(goodClaim + '\ndataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a}'),
  ],
  ['pvc/vac-empty', 1, claim(goodClaim + '\nvolumeAttributesClassName: gold')],
]);
