import type { Kind } from '../../model/objects.ts';
import {
  flag,
  inline,
  intOrString,
  many,
  map,
  number,
  one,
  pointerFlag,
  pointerNumber,
  pointerText,
  quantities,
  quantity,
  shape,
  shared,
  shareds,
  text,
  texts,
  time,
  type Shape,
} from './shape.ts';

/*
 * The fields that the readers of src/model ask for, by their numbers in Kubernetes' generated.proto:
 * k8s.io/api core/v1, discovery/v1, networking/v1 and storage/v1, k8s.io/apimachinery meta/v1 and runtime. A test
 * holds this table to what the readers really ask for.
 */

const ownerReference = shape({
  1: shared('kind'),
  3: shared('name'),
  4: shared('uid'),
  6: flag('controller'),
});

const metaFields = {
  1: text('name'),
  3: shared('namespace'),
  5: text('uid'),
  6: text('resourceVersion'),
  8: time('creationTimestamp'),
  9: time('deletionTimestamp'),
  11: map('labels'),
  13: many('ownerReferences', ownerReference),
};
const objectMeta = shape(metaFields);
const annotatedMeta = shape({ ...metaFields, 12: map('annotations') });

const labelSelector = shape({
  1: map('matchLabels'),
  2: many('matchExpressions', shape({ 1: shared('key'), 2: shared('operator'), 3: shareds('values') })),
});

const path = shape({ 1: shared('path') });
const name = shape({ 1: shared('name') });
/** A message of which only the presence is asked for. */
const present = shape({});
/** SecretProjection, ConfigMapProjection: their name stands in a message that JSON writes in line. */
const projectedName = shape({ 1: inline(name) });

const volumeProjection = shape(
  {
    1: one('secret', projectedName),
    2: one('downwardAPI', present),
    3: one('configMap', projectedName),
    4: one('serviceAccountToken', present),
    5: one('clusterTrustBundle', name),
    6: one('podCertificate', present),
  },
  true,
);

const volumeSource = shape(
  {
    1: one('hostPath', path),
    2: one('emptyDir', shape({ 1: shared('medium'), 2: quantity('sizeLimit') })),
    3: one('gcePersistentDisk', shape({ 1: shared('pdName') })),
    4: one('awsElasticBlockStore', shape({ 1: shared('volumeID') })),
    5: one('gitRepo', shape({ 1: shared('repository') })),
    6: one('secret', shape({ 1: shared('secretName') })),
    7: one('nfs', shape({ 1: shared('server'), 2: shared('path') })),
    8: one('iscsi', present),
    9: one('glusterfs', shape({ 2: shared('path') })),
    10: one('persistentVolumeClaim', shape({ 1: shared('claimName') })),
    11: one('rbd', shape({ 2: shared('image') })),
    12: one('flexVolume', present),
    13: one('cinder', shape({ 1: shared('volumeID') })),
    14: one('cephfs', present),
    15: one('flocker', present),
    16: one('downwardAPI', present),
    17: one('fc', present),
    18: one('azureFile', shape({ 2: shared('shareName') })),
    19: one('configMap', projectedName),
    20: one('vsphereVolume', shape({ 1: shared('volumePath') })),
    21: one('quobyte', present),
    22: one('azureDisk', shape({ 1: shared('diskName') })),
    23: one('photonPersistentDisk', present),
    24: one('portworxVolume', present),
    25: one('scaleIO', present),
    26: one('projected', shape({ 1: many('sources', volumeProjection) })),
    27: one('storageos', present),
    28: one('csi', shape({ 1: shared('driver') })),
    29: one('ephemeral', present),
    30: one('image', shape({ 1: shared('reference') })),
  },
  true,
);

const containerFields = {
  1: shared('name'),
  2: shared('image'),
  6: many(
    'ports',
    shape({ 1: shared('name'), 2: number('hostPort'), 3: number('containerPort'), 4: shared('protocol') }),
  ),
  9: many(
    'volumeMounts',
    shape({
      1: shared('name'),
      2: flag('readOnly'),
      3: shared('mountPath'),
      4: shared('subPath'),
      6: shared('subPathExpr'),
    }),
  ),
  24: shared('restartPolicy'),
};
const container = shape(containerFields);

const podSpec = shape({
  1: many('volumes', shape({ 1: shared('name'), 2: inline(volumeSource) })),
  2: many('containers', container),
  6: shared('dnsPolicy'),
  8: shared('serviceAccountName'),
  10: shared('nodeName'),
  11: flag('hostNetwork'),
  16: text('hostname'),
  17: shared('subdomain'),
  20: many('initContainers', container),
  28: many('readinessGates', shape({ 1: shared('conditionType') })),
  34: many('ephemeralContainers', shape({ 1: inline(container) })),
});

const containerState = shape({
  1: one('waiting', shape({ 1: shared('reason'), 2: text('message') })),
  2: one('running', shape({ 1: time('startedAt') })),
  3: one('terminated', shape({ 1: number('exitCode'), 3: shared('reason'), 4: text('message') })),
});
const containerStatus = shape({
  1: shared('name'),
  2: one('state', containerState),
  3: one('lastState', shape({ 3: one('terminated', shape({ 1: number('exitCode'), 3: shared('reason') })) })),
  4: flag('ready'),
  5: number('restartCount'),
});
const ip = shape({ 1: text('ip') });
const hostIP = shape({ 1: shared('ip') });

const podStatus = shape({
  1: shared('phase'),
  2: many(
    'conditions',
    shape({ 1: shared('type'), 2: shared('status'), 5: shared('reason'), 6: text('message') }),
  ),
  3: text('message'),
  4: shared('reason'),
  5: shared('hostIP'),
  6: text('podIP'),
  8: many('containerStatuses', containerStatus),
  10: many('initContainerStatuses', containerStatus),
  12: many('podIPs', ip),
  13: many('ephemeralContainerStatuses', containerStatus),
  16: many('hostIPs', hostIP),
});

const serviceSpec = shape({
  1: many(
    'ports',
    shape({
      1: shared('name'),
      2: shared('protocol'),
      3: number('port'),
      4: intOrString('targetPort'),
      5: number('nodePort'),
      6: shared('appProtocol'),
    }),
  ),
  2: map('selector'),
  3: text('clusterIP'),
  4: shared('type'),
  5: texts('externalIPs'),
  7: shared('sessionAffinity'),
  9: shareds('loadBalancerSourceRanges'),
  10: text('externalName'),
  11: shared('externalTrafficPolicy'),
  13: flag('publishNotReadyAddresses'),
  18: texts('clusterIPs'),
  19: shareds('ipFamilies'),
  22: shared('internalTrafficPolicy'),
});
const loadBalancer = shape({ 1: many('ingress', shape({ 1: text('ip'), 2: text('hostname') })) });

const endpoint = shape({
  1: texts('addresses'),
  2: one(
    'conditions',
    shape({ 1: pointerFlag('ready'), 2: pointerFlag('serving'), 3: pointerFlag('terminating') }),
  ),
  4: one('targetRef', shape({ 1: shared('kind'), 2: shared('namespace'), 3: text('name') })),
  6: shared('nodeName'),
  7: shared('zone'),
  8: one('hints', shape({ 1: many('forZones', shape({ 1: shared('name') })) })),
});

const policyPorts = many(
  'ports',
  shape({ 1: shared('protocol'), 2: intOrString('port'), 3: pointerNumber('endPort') }),
);
const policyPeer = shape({
  1: one('podSelector', labelSelector),
  2: one('namespaceSelector', labelSelector),
  3: one('ipBlock', shape({ 1: shared('cidr'), 2: shareds('except') })),
});
const policySpec = shape({
  1: one('podSelector', labelSelector),
  2: many('ingress', shape({ 1: policyPorts, 2: many('from', policyPeer) })),
  3: many('egress', shape({ 1: policyPorts, 2: many('to', policyPeer) })),
  4: shareds('policyTypes'),
});

const persistentVolumeSource = shape(
  {
    1: one('gcePersistentDisk', shape({ 1: text('pdName') })),
    2: one('awsElasticBlockStore', shape({ 1: text('volumeID') })),
    3: one('hostPath', path),
    4: one('glusterfs', shape({ 2: text('path') })),
    5: one('nfs', shape({ 1: shared('server'), 2: text('path') })),
    6: one('rbd', shape({ 2: text('image') })),
    7: one('iscsi', present),
    8: one('cinder', shape({ 1: text('volumeID') })),
    9: one('cephfs', shape({ 2: text('path') })),
    10: one('fc', present),
    11: one('flocker', present),
    12: one('flexVolume', present),
    13: one('azureFile', present),
    14: one('vsphereVolume', present),
    15: one('quobyte', present),
    16: one('azureDisk', shape({ 1: text('diskName') })),
    17: one('photonPersistentDisk', present),
    18: one('portworxVolume', shape({ 1: text('volumeID') })),
    19: one('scaleIO', present),
    20: one('local', shape({ 1: text('path') })),
    21: one('storageos', present),
    22: one('csi', shape({ 1: shared('driver'), 2: text('volumeHandle') })),
  },
  true,
);

const nodeStatus = shape({
  4: many('conditions', shape({ 1: shared('type'), 2: shared('status') })),
  5: many('addresses', shape({ 1: shared('type'), 2: text('address') })),
});

/** What is read of each kind that has a protobuf form; the others (custom resources) come as JSON. */
export const shapes: Readonly<Partial<Record<Kind, Shape>>> = {
  Namespace: shape({ 1: one('metadata', objectMeta), 3: one('status', shape({ 1: shared('phase') })) }),
  Node: shape({
    1: one('metadata', objectMeta),
    2: one('spec', shape({ 1: text('podCIDR'), 4: flag('unschedulable'), 7: texts('podCIDRs') })),
    3: one('status', nodeStatus),
  }),
  Pod: shape({ 1: one('metadata', objectMeta), 2: one('spec', podSpec), 3: one('status', podStatus) }),
  Service: shape({
    1: one('metadata', objectMeta),
    2: one('spec', serviceSpec),
    3: one('status', shape({ 1: one('loadBalancer', loadBalancer) })),
  }),
  EndpointSlice: shape({
    1: one('metadata', objectMeta),
    2: many('endpoints', endpoint),
    3: many('ports', shape({ 1: shared('name'), 2: shared('protocol'), 3: pointerNumber('port') })),
    4: shared('addressType'),
  }),
  NetworkPolicy: shape({ 1: one('metadata', objectMeta), 2: one('spec', policySpec) }),
  PersistentVolumeClaim: shape({
    1: one('metadata', objectMeta),
    2: one(
      'spec',
      shape({
        1: shareds('accessModes'),
        2: one('resources', shape({ 2: quantities('requests') })),
        3: text('volumeName'),
        5: pointerText('storageClassName'),
      }),
    ),
    3: one('status', shape({ 1: shared('phase'), 3: quantities('capacity') })),
  }),
  PersistentVolume: shape({
    1: one('metadata', objectMeta),
    2: one(
      'spec',
      shape({
        1: quantities('capacity'),
        2: inline(persistentVolumeSource),
        3: shareds('accessModes'),
        4: one('claimRef', shape({ 2: shared('namespace'), 3: text('name') })),
        5: shared('persistentVolumeReclaimPolicy'),
        6: shared('storageClassName'),
      }),
    ),
    3: one('status', shape({ 1: shared('phase') })),
  }),
  StorageClass: shape({
    1: one('metadata', annotatedMeta),
    2: shared('provisioner'),
    4: shared('reclaimPolicy'),
    6: flag('allowVolumeExpansion'),
    7: shared('volumeBindingMode'),
  }),
};

/** meta/v1 Status: how the API answers where it refuses. */
export const statusShape = shape({
  1: one('metadata', shape({ 3: text('continue') })),
  2: text('status'),
  3: text('message'),
  4: text('reason'),
  5: one(
    'details',
    shape({
      1: text('name'),
      2: text('group'),
      3: text('kind'),
      4: many('causes', shape({ 1: text('reason'), 2: text('message'), 3: text('field') })),
      5: number('retryAfterSeconds'),
      6: text('uid'),
    }),
  ),
  6: number('code'),
});

/** meta/v1 ListMeta. */
export const listMetaShape = shape({ 2: text('resourceVersion'), 3: text('continue') });

/** Of a bookmark nothing but this matters, whatever its kind. */
export const bookmarkShape = shape({ 1: one('metadata', shape({ 6: text('resourceVersion') })) });
