/** Defaults of pods and pod templates (pkg/apis/core/v1/defaults.go), and what admission adds to pods. */
import { isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import { allContainers } from '../objects/pod.ts';
import type { Container, Pod, PodSpec, Volume } from '../objects/pod.ts';
import { nameSuffix } from '../objects/names.ts';

function defaultProbe(probe: unknown): void {
  if (!isObject(probe)) return;
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
  if (isObject(probe.httpGet)) {
    probe.httpGet.path ??= '/';
    probe.httpGet.scheme ??= 'HTTP';
  }
  if (isObject(probe.grpc)) probe.grpc.service ??= '';
}

function defaultPullPolicy(image: string): string {
  const tag = /:([^/:@]+)$/.exec(image)?.[1];
  const pinned = image.includes('@') || (tag !== undefined && tag !== 'latest');
  return pinned ? 'IfNotPresent' : 'Always';
}

/** Limits without requests count as requests. */
function defaultRequests(container: Container): void {
  const resources = container.resources;
  if (!isObject(resources) || !isObject(resources.limits)) return;
  const requests = isObject(resources.requests) ? resources.requests : {};
  resources.requests = { ...resources.limits, ...requests };
}

function defaultContainer(container: Container, hostNetwork: boolean): void {
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= defaultPullPolicy(container.image ?? '');
  container.resources ??= {};
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) defaultProbe(container[probe]);
  for (const port of container.ports ?? []) {
    port.protocol ??= 'TCP';
    if (hostNetwork) port.hostPort ??= port.containerPort;
  }
  for (const variable of Array.isArray(container.env) ? container.env : []) {
    if (isObject(variable) && isObject(variable.valueFrom) && isObject(variable.valueFrom.fieldRef)) {
      variable.valueFrom.fieldRef.apiVersion ??= 'v1';
    }
  }
  defaultRequests(container);
}

function defaultDownwardItems(source: JsonObject): void {
  for (const item of Array.isArray(source.items) ? source.items : []) {
    if (isObject(item) && isObject(item.fieldRef)) item.fieldRef.apiVersion ??= 'v1';
  }
}

function defaultVolume(volume: Volume): void {
  if (Object.keys(volume).every((field) => field === 'name')) volume.emptyDir = {};
  for (const source of [volume.secret, volume.configMap, volume.projected, volume.downwardAPI]) {
    if (isObject(source)) source.defaultMode ??= 0o644;
  }
  if (isObject(volume.hostPath)) volume.hostPath.type ??= '';
  if (isObject(volume.downwardAPI)) defaultDownwardItems(volume.downwardAPI);
  if (!isObject(volume.projected) || !Array.isArray(volume.projected.sources)) return;
  for (const source of volume.projected.sources) {
    if (!isObject(source)) continue;
    if (isObject(source.serviceAccountToken)) source.serviceAccountToken.expirationSeconds ??= 3600;
    if (isObject(source.downwardAPI)) defaultDownwardItems(source.downwardAPI);
  }
}

/** Fills the defaults that pods and pod templates share. */
export function defaultPodSpec(spec: PodSpec): void {
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
  if (spec.serviceAccountName !== undefined) spec.serviceAccount ??= spec.serviceAccountName;
  // A manifest without containers must reach validation.
  const containers = [
    ...(spec.initContainers ?? []),
    ...((spec.containers as Container[] | undefined) ?? []),
  ];
  for (const container of [...containers, ...(spec.ephemeralContainers ?? [])]) {
    defaultContainer(container, spec.hostNetwork === true);
  }
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
}

const accountPath = '/var/run/secrets/kubernetes.io/serviceaccount';

function accountVolume(name: string): Volume {
  const namespaceField = {
    path: 'namespace',
    fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
  };
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [namespaceField] } },
      ],
      defaultMode: 0o644,
    },
  };
}

function addServiceAccount(spec: PodSpec): void {
  spec.serviceAccountName ??= 'default';
  spec.serviceAccount = spec.serviceAccountName;
  if (spec.automountServiceAccountToken === false) return;
  const unmounted = allContainers(spec).filter(
    (container) => !container.volumeMounts?.some((mount) => mount.mountPath === accountPath),
  );
  if (unmounted.length === 0) return;
  const name = `kube-api-access-${nameSuffix()}`;
  spec.volumes = [...(spec.volumes ?? []), accountVolume(name)];
  for (const container of unmounted) {
    container.volumeMounts = [
      ...(container.volumeMounts ?? []),
      { name, readOnly: true, mountPath: accountPath },
    ];
  }
}

function addTolerations(spec: PodSpec): void {
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    if (spec.tolerations?.some((toleration) => toleration.key === key)) continue;
    const toleration = { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 };
    spec.tolerations = [...(spec.tolerations ?? []), toleration];
  }
}

function qosClass(spec: PodSpec): string {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const quantities = containers.map(({ resources }) => {
    const requests = isObject(resources) && isObject(resources.requests) ? resources.requests : {};
    const limits = isObject(resources) && isObject(resources.limits) ? resources.limits : {};
    return { requests, limits };
  });
  if (quantities.every(({ requests, limits }) => Object.keys({ ...requests, ...limits }).length === 0)) {
    return 'BestEffort';
  }
  const guaranteed = quantities.every(({ requests, limits }) =>
    ['cpu', 'memory'].every((name) => limits[name] !== undefined && requests[name] === limits[name]),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** What admission and the pod strategy set on a new pod: service account, tolerations, priority, status. */
export function preparePod(pod: Pod): void {
  const { spec } = pod;
  addServiceAccount(spec);
  addTolerations(spec);
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  pod.status = { phase: 'Pending', qosClass: qosClass(spec) };
}
