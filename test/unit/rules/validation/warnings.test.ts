import assert from 'node:assert/strict';
import { lintText } from '../../../../src/rules/index.ts';
import { claim, env, goodClaim, ingress, onePort, pod, service, volume, workload } from './manifests.ts';

/*
 * What a 1.36 server takes with a warning (pkg/api/{pod,service,persistentvolume,persistentvolumeclaim,storage}/warnings.go
 * and the strategies' WarningsOnCreate): we warn, too, and have no error.
 */

/** With an annotation. */
function ann(yaml: string, annotation: string, name = 'p'): string {
  return yaml.replace(`name: ${name}`, `name: ${name}\n  annotations: {${annotation}}`);
}

const cases: Readonly<Record<string, string>> = {
  nodesel: pod('nodeSelector: {beta.kubernetes.io/os: linux}'),
  affbeta: pod(
    'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: beta.kubernetes.io/arch, operator: Exists}]}]}}}',
  ),
  affhost: pod(
    'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: failure-domain.beta.kubernetes.io/zone, operator: Exists}]}]}}}',
  ),
  spreadbeta: pod(
    'topologySpreadConstraints: [{maxSkew: 1, topologyKey: failure-domain.beta.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}}]',
  ),
  seccompann: ann(pod(''), 'seccomp.security.alpha.kubernetes.io/pod: runtime/default'),
  apparmorann: ann(pod(''), 'container.apparmor.security.beta.kubernetes.io/c: unconfined'),
  critical: ann(pod(''), 'scheduler.alpha.kubernetes.io/critical-pod: ""'),
  aliasdup: pod('hostAliases: [{ip: 10.0.0.1, hostnames: [a]},{ip: 10.0.0.1, hostnames: [b]}]'),
  pulldup: pod('imagePullSecrets: [{name: a},{name: a}]'),
  pullempty: pod('imagePullSecrets: [{name: ""}]'),
  gitrepo: volume('gitRepo: {repository: a}'),
  photon: volume('photonPersistentDisk: {pdID: a}'),
  scaleio: volume('scaleIO: {gateway: a, system: b, volumeName: c}'),
  storageos: volume('storageos: {volumeName: a}'),
  gluster: volume('glusterfs: {endpoints: a, path: b}'),
  cephfs: volume('cephfs: {monitors: [a]}'),
  rbd: volume('rbd: {monitors: [a], image: b}'),
  spreadnosel: pod(
    'topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]',
  ),
  affnosel: pod(
    'affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}}',
  ),
  affnosel2: pod(
    'affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: a}}]}}',
  ),
  envdup: env('- {name: A, value: b}\n- {name: A, value: c}'),
  memm: pod('', 'resources: {limits: {memory: 100m}}'),
  ephm: pod('', 'resources: {requests: {ephemeral-storage: 1500m}}'),
  tgps: pod('terminationGracePeriodSeconds: -1'),
  portdup: pod('', 'ports: [{containerPort: 80},{containerPort: 80}]'),
  hostoverlap: pod(
    '',
    'ports: [{containerPort: 80, hostPort: 80},{containerPort: 81, hostPort: 80, hostIP: 10.0.0.1}]',
  ),
  namedots: pod('').replace('name: p', 'name: a.b'),
  cmdup: volume('configMap: {name: a, items: [{key: p, path: p},{key: q, path: p}]}'),
  projoverlap: volume(
    'projected: {sources: [{configMap: {name: a, items: [{key: k, path: p}]}},{secret: {name: b, items: [{key: k, path: p/q}]}}]}',
  ),
  hdrsvc: service('clusterIP: None\nsessionAffinity: ClientIP\n' + onePort),
  hdrlbip: service('clusterIP: None\nloadBalancerIP: 1.2.3.4\n' + onePort),
  extname: service('externalName: a.b\n' + onePort),
  extips: service('externalIPs: [192.0.2.1]\n' + onePort),
  topohints: ann(service(onePort), 'service.kubernetes.io/topology-aware-hints: auto', 's'),
  preferclose: service('trafficDistribution: PreferClose\n' + onePort),
  pvcann: ann(claim(goodClaim), 'volume.beta.kubernetes.io/storage-class: a', 'd'),
  pvcfrac: claim('accessModes: [ReadWriteOnce]\nresources: {requests: {storage: 500m}}'),
  pvrecycle:
    'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {capacity: {storage: 1Gi}, persistentVolumeReclaimPolicy: Recycle, accessModes: [ReadWriteOnce], nfs: {server: a, path: /a}}\n',
  pvann:
    'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a, annotations: {volume.beta.kubernetes.io/storage-class: a}}\nspec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], nfs: {server: a, path: /a}}\n',
  ingann: ann(ingress('rules: [{host: a.b}]'), 'kubernetes.io/ingress.class: nginx', 'a'),
  depdots: workload('Deployment', 'replicas: 1').replace('name: w', 'name: a.b'),
  jobdots: workload('Job', 'completions: 1', 'restartPolicy: Never').replace('name: w', 'name: a.b'),
  endpoints:
    'apiVersion: v1\nkind: Endpoints\nmetadata: {name: a}\nsubsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 80}]}]\n',
  tls: 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ntype: kubernetes.io/tls\nstringData: {tls.crt: a, tls.key: b}\n',
  stsrev: workload('StatefulSet', 'revisionHistoryLimit: -1\nserviceName: a'),
  dsnode: workload('DaemonSet', 'minReadySeconds: 0', 'nodeSelector: {beta.kubernetes.io/arch: amd64}'),
  scbeta:
    'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: a.b/c\nallowedTopologies: [{matchLabelExpressions: [{key: failure-domain.beta.kubernetes.io/zone, values: [x]}]}]\n',
};

describe('what the server takes with a warning', () => {
  for (const [id, yaml] of Object.entries(cases)) {
    it(id, () => {
      const severities = lintText(yaml).map(({ severity }) => severity);
      assert.ok(
        severities.includes('warning') && !severities.includes('error'),
        `${yaml}\n${severities.join(' ')}`,
      );
    });
  }
});
