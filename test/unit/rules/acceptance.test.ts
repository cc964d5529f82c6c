import assert from 'node:assert/strict';
import { lintText } from '../../../src/rules/index.ts';

/*
 * What a 1.36 server accepts (1) and refuses (0) beyond the recorded verdicts, from reading its validation:
 * pkg/apis/{core,apps,batch,networking}/validation and the defaults that come before.
 */

const svc = (s: string, n = 's'): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${n}\nspec:\n  selector:\n    app: a\n${s.replace(/^/gm, '  ')}\n`;
const pod = (s: string, c = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: nginx:1\n${c ? c.replace(/^/gm, '      ') + '\n' : ''}${s ? s.replace(/^/gm, '  ') + '\n' : ''}`;
const P = 'ports:\n- port: 80';
const cases: readonly (readonly [string, 0 | 1, string])[] = [
  ['svc/target-0', 1, svc('ports:\n- port: 80\n  targetPort: 0')],
  ['svc/target-empty', 1, svc('ports:\n- port: 80\n  targetPort: ""')],
  ['svc/protocol-lower', 0, svc('ports:\n- port: 80\n  protocol: tcp')],
  ['svc/port-float', 1, svc('ports:\n- port: 80.0')],
  ['svc/port-half', 0, svc('ports:\n- port: 80.5')],
  ['svc/port-big', 0, svc('ports:\n- port: 99999999999')],
  ['svc/port-string', 0, svc('ports:\n- port: "80"')],
  ['svc/null-ports', 0, svc('ports:')],
  ['svc/headless-noports', 1, svc('clusterIP: None')],
  ['svc/headless-lb', 0, svc('type: LoadBalancer\nclusterIP: None\n' + P)],
  ['svc/ext', 1, svc('type: ExternalName\nexternalName: a.b.')],
  ['svc/ext-none', 0, svc('type: ExternalName')],
  ['svc/ext-upper', 0, svc('type: ExternalName\nexternalName: A.b')],
  [
    'svc/ext-nodeport',
    1,
    svc('type: ExternalName\nexternalName: a.b\nports:\n- port: 80\n  nodePort: 30000'),
  ],
  [
    'svc/affinity-0',
    0,
    svc('sessionAffinity: ClientIP\nsessionAffinityConfig:\n  clientIP:\n    timeoutSeconds: 0\n' + P),
  ],
  ['svc/affinity-config-only', 1, svc('sessionAffinityConfig:\n  clientIP:\n    timeoutSeconds: 10\n' + P)],
  ['svc/affinity-bad', 0, svc('sessionAffinity: Cookie\n' + P)],
  ['svc/type-empty', 1, svc('type: ""\n' + P)],
  ['svc/itp-empty', 0, svc('internalTrafficPolicy: ""\n' + P)],
  ['svc/etp-extip', 1, svc('externalTrafficPolicy: Local\nexternalIPs: [192.0.2.1]\n' + P)],
  ['svc/clusterips', 1, svc('clusterIP: None\nclusterIPs: [None]\n' + P)],
  ['svc/sel-bad', 0, svc(P).replace('app: a', 'app: "a b"')],
  ['svc/sel-int', 0, svc(P).replace('app: a', 'app: 1')],
  ['svc/spec-missing', 0, 'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n'],
  ['svc/traffic', 0, svc('trafficDistribution: x\n' + P)],
  ['svc/lbip', 1, svc('type: LoadBalancer\nloadBalancerIP: 1.2.3.4\n' + P)],
  ['svc/name-missing', 0, 'apiVersion: v1\nkind: Service\nmetadata: {}\nspec:\n  ports:\n  - port: 80\n'],
  ['pod/ephemeral', 0, pod('ephemeralContainers:\n- name: d\n  image: x')],
  ['pod/priv-ape', 0, pod('', 'securityContext:\n  privileged: true\n  allowPrivilegeEscalation: false')],
  ['pod/runas-neg', 0, pod('', 'securityContext:\n  runAsUser: -1')],
  ['pod/seccomp-local', 0, pod('securityContext:\n  seccompProfile:\n    type: Localhost')],
  ['pod/share-hostpid', 0, pod('hostPID: true\nshareProcessNamespace: true')],
  ['pod/hostusers-net', 0, pod('hostUsers: false\nhostNetwork: true')],
  ['pod/toler', 0, pod('tolerations:\n- effect: NoSchedule')],
  ['pod/toler-exists', 1, pod('tolerations:\n- operator: Exists')],
  ['pod/toler-val', 0, pod('tolerations:\n- key: a\n  operator: Exists\n  value: b')],
  [
    'pod/toler-seconds',
    0,
    pod('tolerations:\n- key: a\n  operator: Exists\n  effect: NoSchedule\n  tolerationSeconds: 5'),
  ],
  ['pod/nodename', 0, pod('nodeName: A_b')],
  ['pod/sa-name', 0, pod('serviceAccountName: A_b')],
  [
    'pod/affinity-noterms',
    0,
    pod('affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution: {}'),
  ],
  [
    'pod/affinity-op',
    0,
    pod(
      'affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms:\n      - matchExpressions:\n        - key: a\n          operator: In',
    ),
  ],
  [
    'pod/podaff-topo',
    0,
    pod(
      'affinity:\n  podAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n    - labelSelector: {}',
    ),
  ],
  [
    'pod/podaff-weight',
    0,
    pod(
      'affinity:\n  podAffinity:\n    preferredDuringSchedulingIgnoredDuringExecution:\n    - weight: 101\n      podAffinityTerm:\n        topologyKey: a',
    ),
  ],
  [
    'pod/spread',
    0,
    pod('topologySpreadConstraints:\n- maxSkew: 0\n  topologyKey: a\n  whenUnsatisfiable: DoNotSchedule'),
  ],
  ['pod/gpu', 0, pod('', 'resources:\n  requests:\n    gpu: 1')],
  ['pod/req-gt', 0, pod('', 'resources:\n  requests:\n    cpu: 2\n  limits:\n    cpu: 1')],
  [
    'pod/env-fieldpath',
    0,
    pod('', 'env:\n- name: A\n  valueFrom:\n    fieldRef:\n      fieldPath: metadata.foo'),
  ],
  [
    'pod/env-label',
    1,
    pod('', "env:\n- name: A\n  valueFrom:\n    fieldRef:\n      fieldPath: metadata.labels['a']"),
  ],
  [
    'pod/env-bad-resource',
    0,
    pod('', 'env:\n- name: A\n  valueFrom:\n    resourceFieldRef:\n      resource: limits.disk'),
  ],
  ['pod/env-equals', 0, pod('', 'env:\n- name: A=B')],
  ['pod/env-dash', 1, pod('', 'env:\n- name: a-b')],
  ['pod/lifecycle', 0, pod('', 'lifecycle:\n  preStop: {}')],
  [
    'pod/lifecycle2',
    0,
    pod('', 'lifecycle:\n  preStop:\n    exec:\n      command: [a]\n    httpGet:\n      port: 80'),
  ],
  ['pod/sleep-long', 0, pod('', 'lifecycle:\n  preStop:\n    sleep:\n      seconds: 60')],
  ['pod/sysctl', 0, pod('securityContext:\n  sysctls:\n  - name: "A b"\n    value: "1"')],
  ['pod/fsgroup', 0, pod('securityContext:\n  fsGroup: -5')],
  ['pod/deadline0', 0, pod('activeDeadlineSeconds: 0')],
  ['pod/ann-key', 0, pod('').replace('name: p', 'name: p\n  annotations:\n    "a b": c')],
  ['pod/ns-bad', 0, pod('').replace('name: p', 'name: p\n  namespace: A')],
  ['pod/readinessgate', 0, pod('readinessGates:\n- conditionType: "a b"')],
  ['pod/pullsecret-empty', 1, pod('imagePullSecrets:\n- {}')],
  ['pod/hostaliases', 0, pod('hostAliases:\n- hostnames: [a]')],
  ['pod/unknown-top', 0, pod('').replace('spec:', 'foo: 1\nspec:')],
  ['pod/claims', 0, pod('', 'resources:\n  claims:\n  - name: x')],
  ['pod/resize', 0, pod('', 'resizePolicy:\n- resourceName: disk\n  restartPolicy: NotRequired')],
  ['pod/hugepages', 0, pod('', 'resources:\n  limits:\n    hugepages-2Mi: 4Mi')],
  ['pod/preempt', 0, pod('preemptionPolicy: always')],
  ['pod/os', 0, pod('os:\n  name: mac')],
  ['pod/winopts', 0, pod('os:\n  name: linux\nsecurityContext:\n  windowsOptions: {}')],
  ['pod/dup-env', 1, pod('', 'env:\n- name: A\n  value: a\n- name: A\n  value: b')],
  ['yaml/dup', 0, pod('').replace('kind: Pod', 'kind: Pod\nkind: Pod')],
  ['vol/downward-both', 0, pod('volumes:\n- name: v\n  downwardAPI:\n    items:\n    - path: a')],
  [
    'vol/downward-path',
    0,
    pod(
      'volumes:\n- name: v\n  downwardAPI:\n    items:\n    - path: a\n      fieldRef:\n        fieldPath: spec.nodeName',
    ),
  ],
  ['vol/csi-name', 0, pod('volumes:\n- name: v\n  csi:\n    driver: A_B')],
  ['vol/csi-upper', 1, pod('volumes:\n- name: v\n  csi:\n    driver: A.B')],
  ['vol/flocker', 0, pod('volumes:\n- name: v\n  flocker: {}')],
  [
    'vol/scaleio',
    0,
    pod('volumes:\n- name: v\n  scaleIO:\n    gateway: a\n    system: b\n    secretRef: {}'),
  ],
  [
    'vol/eph',
    0,
    pod(
      'volumes:\n- name: v\n  ephemeral:\n    volumeClaimTemplate:\n      metadata:\n        name: x\n      spec:\n        accessModes: [ReadWriteOnce]\n        resources:\n          requests:\n            storage: 1Gi',
    ),
  ],
  ['vol/pvc-empty', 0, pod('volumes:\n- name: v\n  persistentVolumeClaim: {}')],
  ['vol/image-noref', 0, pod('volumes:\n- name: v\n  image: {}')],
  ['vol/null-source', 1, pod('volumes:\n- name: v\n  emptyDir:')],
  ['vol/quantity', 0, pod('volumes:\n- name: v\n  emptyDir:\n    sizeLimit: 1GB')],
  ['vol/mode-string', 0, pod('volumes:\n- name: v\n  configMap:\n    name: a\n    defaultMode: "0644"')],
  [
    'sts/dots',
    0,
    'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: a.b\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: d}]}\n',
  ],
  [
    'sts/retention',
    0,
    'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: a\nspec:\n  persistentVolumeClaimRetentionPolicy: {whenDeleted: keep}\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: d}]}\n',
  ],
  [
    'sts/start',
    0,
    'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: a\nspec:\n  ordinals: {start: -1}\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: d}]}\n',
  ],
  [
    'job/indexed',
    0,
    'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  completionMode: Indexed\n  template:\n    spec: {restartPolicy: Never, containers: [{name: c, image: d}]}\n',
  ],
  [
    'job/manual-none',
    0,
    'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  manualSelector: true\n  template:\n    spec: {restartPolicy: Never, containers: [{name: c, image: d}]}\n',
  ],
  [
    'job/manual-mismatch',
    0,
    'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  manualSelector: true\n  selector: {matchLabels: {x: y}}\n  template:\n    spec: {restartPolicy: Never, containers: [{name: c, image: d}]}\n',
  ],
  [
    'cj/tz',
    0,
    'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: "* * * * *"\n  timeZone: Mars\n  jobTemplate:\n    spec:\n      template:\n        spec: {restartPolicy: Never, containers: [{name: c, image: d}]}\n',
  ],
  ['np/nospec', 1, 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\n'],
  [
    'np/types-lower',
    0,
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\nspec:\n  podSelector: {}\n  policyTypes: [ingress]\n',
  ],
  [
    'ing/tls-wild',
    1,
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\nspec:\n  tls: [{hosts: ["*.a.b"]}]\n  defaultBackend: {service: {name: s, port: {number: 80}}}\n',
  ],
  [
    'ing/host-only',
    1,
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\nspec:\n  rules: [{host: a.b}]\n',
  ],
  [
    'ing/empty-rule',
    1,
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\nspec:\n  rules: [{}]\n',
  ],
  ['secret/b64', 0, 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata: {a: "x y"}\n'],
  ['secret/tls', 0, 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ntype: kubernetes.io/tls\n'],
  ['cm/num', 0, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {a: 1}\n'],
  ['ns/dots', 0, 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a.b\n'],
  [
    'dep/null-sel',
    0,
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  selector:\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: d}]}\n',
  ],
  [
    'dep/no-template',
    0,
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  selector: {matchLabels: {a: b}}\n',
  ],
  [
    'dep/surge-pct',
    0,
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  strategy: {rollingUpdate: {maxSurge: "1.5%"}}\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: d}]}\n',
  ],
];

describe('what the server accepts and refuses, by its validation', () => {
  for (const [id, accepted, yaml] of cases) {
    it(`${id}: ${accepted === 1 ? 'accepted' : 'refused'}`, () => {
      const errors = lintText(yaml).filter((finding) => finding.severity === 'error');
      const said = errors.map((finding) => `${finding.code}: ${finding.message}`).join('\n');
      assert.equal(errors.length === 0, accepted === 1, `${yaml}\n${said}`);
    });
  }
});
