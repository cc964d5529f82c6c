/** The spec and status of a generated pod: two containers with probes, environment and volumes, as a service has them. */
import type { Container, ContainerStatus, PodSpec, PodStatus, Volume } from '../objects/pod.ts';
import type { Place } from './workload.ts';

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const settings = [
  'DATABASE_URL',
  'CACHE_URL',
  'LOG_LEVEL',
  'FEATURE_FLAGS',
  'TRACING_ENDPOINT',
  'REQUEST_TIMEOUT_SECONDS',
] as const;

function environment(name: string, size: number): unknown[] {
  return [
    ...settings.slice(0, 2 + size).map((setting) => ({
      name: setting,
      value: `${setting.toLowerCase().replaceAll('_', '-')}.${name}.internal`,
    })),
    {
      name: 'DATABASE_PASSWORD',
      valueFrom: { secretKeyRef: { name: `${name}-credentials`, key: 'password' } },
    },
    { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    { name: 'POD_IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
  ];
}

function probe(path: string, initialDelaySeconds: number): Record<string, unknown> {
  return {
    httpGet: { path, port: 'http', scheme: 'HTTP' },
    initialDelaySeconds,
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

const restrictions = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};
const messages = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'IfNotPresent',
};

/** What the pods of a workload have in common. */
export interface SharedParts {
  name: string;
  image: string;
  env: unknown[];
  volumes: Volume[];
  affinity: unknown;
}

/** @param size 0 to 4: how much of an environment they have */
export function sharedParts(name: string, image: string, size: number): SharedParts {
  return {
    name,
    image,
    env: environment(name, size),
    volumes: [
      { name: 'config', configMap: { name: `${name}-config`, defaultMode: 420 } },
      { name: 'cache', emptyDir: { sizeLimit: '1Gi' } },
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: { matchLabels: { app: name } },
              topologyKey: 'topology.kubernetes.io/zone',
            },
          },
        ],
      },
    },
  };
}

const live = probe('/healthz', 10);
const ready = probe('/ready', 5);
const exporter = 'registry.example.com/platform/metrics-exporter:2.7.1';
const configMount = { name: 'config', readOnly: true, mountPath: '/etc/app' };
const cacheMount = { name: 'cache', mountPath: '/var/cache/app' };
const appArgs = ['serve', '--config', '/etc/app/config.yaml'];
const appPorts = [{ name: 'http', containerPort: 8080, protocol: 'TCP' }];
const appResources = { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '100m', memory: '128Mi' } };
const metricsArgs = ['--listen=:9090', '--target=http://localhost:8080/metrics'];
const metricsPorts = [{ name: 'metrics', containerPort: 9090, protocol: 'TCP' }];
const metricsResources = {
  limits: { cpu: '100m', memory: '64Mi' },
  requests: { cpu: '10m', memory: '32Mi' },
};

function containers({ image, env }: SharedParts, tokenVolume: string): Container[] {
  const token = { name: tokenVolume, readOnly: true, mountPath: tokenPath };
  return [
    {
      name: 'app',
      image,
      args: appArgs,
      ports: appPorts,
      env,
      resources: appResources,
      volumeMounts: [configMount, cacheMount, token],
      livenessProbe: live,
      readinessProbe: ready,
      securityContext: restrictions,
      ...messages,
    },
    {
      name: 'metrics',
      image: exporter,
      args: metricsArgs,
      ports: metricsPorts,
      resources: metricsResources,
      volumeMounts: [token],
      securityContext: restrictions,
      ...messages,
    },
  ];
}

const tokenSources = [
  { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  {
    downwardAPI: {
      items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
    },
  },
];

const tolerations = ['not-ready', 'unreachable'].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));
const securityContext = { runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } };

/** @param end the pod's own letters, of which its token volume is named */
export function podSpec(parts: SharedParts, end: string, { node }: Place): PodSpec {
  const tokenVolume = `kube-api-access-${end}`;
  const projected = { sources: tokenSources, defaultMode: 420 };
  return {
    volumes: [...parts.volumes, { name: tokenVolume, projected }],
    containers: containers(parts, tokenVolume),
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: parts.name,
    serviceAccount: parts.name,
    nodeName: node,
    securityContext,
    affinity: parts.affinity,
    schedulerName: 'default-scheduler',
    tolerations,
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

const conditionTypes = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];
const allocatedResources = { cpu: '100m', memory: '128Mi' };
const user = { linux: { uid: 1000, gid: 1000, supplementalGroups: [1000] } };

function containerStatus(
  name: string,
  image: string,
  id: string,
  mounts: readonly { name: string; mountPath: string; readOnly?: boolean }[],
  started: string,
): ContainerStatus {
  return {
    name,
    state: { running: { startedAt: started } },
    lastState: {},
    ready: true,
    restartCount: 0,
    image,
    imageID: `${image.replace(/:[^:]*$/, '')}@sha256:${digest}`,
    containerID: `containerd://${id}`,
    started: true,
    allocatedResources,
    volumeMounts: mounts.map((mount) => ({
      ...mount,
      ...(mount.readOnly && { recursiveReadOnly: 'Disabled' }),
    })),
    user,
  };
}

/** @param number the pod's own, for what no two pods share */
export function podStatus(
  { image }: SharedParts,
  number: number,
  end: string,
  { hostIP, podIP }: Place,
  started: string,
): PodStatus {
  const id = number.toString(16).padStart(63, '0');
  const token = { name: `kube-api-access-${end}`, mountPath: tokenPath, readOnly: true };
  return {
    observedGeneration: 1,
    phase: 'Running',
    conditions: conditionTypes.map((type) => ({
      type,
      observedGeneration: 1,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: started,
    })),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: started,
    containerStatuses: [
      containerStatus('app', image, `a${id}`, [configMount, cacheMount, token], started),
      containerStatus('metrics', exporter, `b${id}`, [token], started),
    ],
    qosClass: 'Burstable',
  };
}
