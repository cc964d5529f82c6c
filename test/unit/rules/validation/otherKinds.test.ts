import { agree } from './manifests.ts';

agree('quotas, classes, roles and other kinds', [
  [
    'lr/ok',
    1,
    `apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\nspec: {limits: [{type: Container, default: {cpu: 1}}]}\n`,
  ],
  [
    'lr/notype',
    0,
    `apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\nspec: {limits: [{default: {cpu: 1}}]}\n`,
  ],
  [
    'lr/min-gt-max',
    0,
    `apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\nspec: {limits: [{type: Container, min: {cpu: 2}, max: {cpu: 1}}]}\n`,
  ],
  [
    'lr/pod-default',
    0,
    `apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\nspec: {limits: [{type: Pod, default: {cpu: 1}}]}\n`,
  ],
  [
    'rq/ok',
    1,
    `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {pods: 10, requests.cpu: 4}}\n`,
  ],
  ['rq/neg', 0, `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {pods: -1}}\n`],
  ['rq/frac', 0, `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {pods: 1.5}}\n`],
  ['rq/unknown', 0, `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {foo: 1}}\n`],
  [
    'rq/count',
    1,
    `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {count/deployments.apps: 1}}\n`,
  ],
  [
    'ic/ok',
    1,
    `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\nspec: {controller: example.com/c}\n`,
  ],
  [
    'ic/nodomain',
    0,
    `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\nspec: {controller: nginx}\n`,
  ],
  ['ic/long', 0, `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\nspec: {}\n`],
  [
    'sc/provbad',
    0,
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: "A b"\n`,
  ],
  [
    'sc/reclaim',
    0,
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: a.b/c\nreclaimPolicy: Recycle\n`,
  ],
  [
    'sc/emptykey',
    0,
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: a.b/c\nparameters: {"": x}\n`,
  ],
  [
    'sc/topo',
    0,
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: a.b/c\nallowedTopologies: [{matchLabelExpressions: [{key: zone, values: []}]}]\n`,
  ],
  [
    'rb/rolekind',
    0,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Rolle, name: x}\nsubjects: []\n`,
  ],
  [
    'rb/noname',
    0,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role}\n`,
  ],
  [
    'rb/group',
    0,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: {apiGroup: apps, kind: Role, name: x}\n`,
  ],
  [
    'crb/role',
    0,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: x}\n`,
  ],
  [
    'role/nonres',
    0,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\nrules: [{nonResourceURLs: [/a], verbs: [get]}]\n`,
  ],
  [
    'cr/nonres',
    1,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules: [{nonResourceURLs: [/a], verbs: [get]}]\n`,
  ],
  [
    'cr/both',
    0,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules: [{nonResourceURLs: [/a], apiGroups: [""], resources: [pods], verbs: [get]}]\n`,
  ],
  [
    'es/fqdn',
    1,
    `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: FQDN\nendpoints: [{addresses: [a.b]}]\n`,
  ],
  [
    'es/type',
    0,
    `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: ipv4\nendpoints: []\n`,
  ],
  [
    'es/empty-ep',
    1,
    `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: IPv4\nendpoints: []\n`,
  ],
  [
    'es/noep',
    1,
    `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: IPv4\n`,
  ],
  [
    'es/loopback',
    0,
    `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: IPv4\nendpoints: [{addresses: [127.0.0.1]}]\n`,
  ],
  [
    'es/portproto',
    0,
    `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\naddressType: IPv4\nendpoints: []\nports: [{port: 80, protocol: tcp}]\n`,
  ],
  [
    'cidr/ok',
    1,
    `apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: {name: a}\nspec: {cidrs: [10.0.0.0/24]}\n`,
  ],
  [
    'cidr/bad',
    0,
    `apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: {name: a}\nspec: {cidrs: [10.0.0.1/24]}\n`,
  ],
  [
    'cidr/none',
    0,
    `apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: {name: a}\nspec: {cidrs: []}\n`,
  ],
  [
    'pt/ok',
    1,
    `apiVersion: v1\nkind: PodTemplate\nmetadata: {name: a}\ntemplate: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: d}]}}\n`,
  ],
  [
    'rc/ok',
    1,
    `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: a}\nspec: {replicas: 1, selector: {a: b}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: d}]}}}\n`,
  ],
  [
    'rc/mismatch',
    0,
    `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: a}\nspec: {replicas: 1, selector: {a: c}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: d}]}}}\n`,
  ],
  [
    'rc/nosel',
    1,
    `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: d}]}}}\n`,
  ],
  [
    'rc/notemplate',
    0,
    `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: a}\nspec: {selector: {a: b}}\n`,
  ],
  [
    'pv/two',
    0,
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /a}, nfs: {server: a, path: /b}}\n`,
  ],
  [
    'pv/zero',
    0,
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {capacity: {storage: 0}, accessModes: [ReadWriteOnce], hostPath: {path: /a}}\n`,
  ],
  [
    'pv/cap2',
    0,
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {capacity: {storage: 1Gi, cpu: 1}, accessModes: [ReadWriteOnce], hostPath: {path: /a}}\n`,
  ],
  [
    'pv/csi-nohandle',
    0,
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], csi: {driver: a.b}}\n`,
  ],
  [
    'pv/sc-bad',
    0,
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {storageClassName: A_b, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /a}}\n`,
  ],
  [
    'pdb/none',
    1,
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {selector: {matchLabels: {a: b}}}\n`,
  ],
  ['sec/immutable', 1, `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nimmutable: true\ndata: {}\n`],
  ['sec/ssh', 0, `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ntype: kubernetes.io/ssh-auth\n`],
  ['sec/key-bad', 0, `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {"a b": c}\n`],
  [
    'sa/secret',
    1,
    `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\nimagePullSecrets: [{name: a}]\n`,
  ],
]);
