import type { ScalarType } from '../../../../src/manifest/schema/schema.ts';
import type { Chance } from './anyManifest.ts';

const names = [
  'web',
  'my-app',
  'db-0',
  'frontend',
  'cache',
  'c00',
  'api-server',
  'demoservice',
  'xchange',
  'worker',
];
const words: Readonly<Record<string, readonly string[]>> = {
  image: [
    'nginx',
    'httpd:2.4',
    'ghcr.io/acme/app:v1.2.3',
    'registry:5000/team/app@sha256:0123abcd',
    'ubuntu',
  ],
  command: [
    'sh',
    '-c',
    '/bin/bash',
    'while true; do echo Hello-Bilal; sleep 5; done',
    'echo "a: b" > /tmp/x',
    'sleep 3600',
  ],
  args: [
    '--port=8080',
    '-v',
    '--config=/etc/app/config.yaml',
    'run',
    'echo done # really',
    '{"a": 1}',
    'yes',
    '10',
  ],
  value: [
    'postgres://user:pw@db:5432/app?sslmode=disable',
    'a: b',
    'true',
    '8080',
    'hello world',
    '',
    '*',
    '# none',
    'no',
    '0777',
    'key=value',
    "it's",
    'say "hi"',
    '{"a": [1, 2]}',
    'http://example.com:80/x',
    '1Gi',
    '2024-01-01',
    '~',
    'a,b,c',
    '$(POD_NAME).svc',
    'x # y',
    '@daily',
    '--flag',
    'C:\\temp',
  ],
  path: ['/healthz', '/', '/api/v1', 'app.conf', 'config/app.yaml'],
  mountPath: ['/data', '/tmp/xchange', '/etc/config'],
  subPath: ['app.conf', 'a/b'],
  host: ['example.com', 'shop.example.org'],
  hostname: ['web-0', 'db'],
  hosts: ['example.com', 'www.example.com'],
  cidr: ['10.0.0.0/8', '192.168.0.0/16', '2001:db8::/32'],
  except: ['10.1.0.0/16'],
  cidrs: ['10.0.0.0/24'],
  ip: ['10.0.0.1', '192.0.2.7', '2001:db8::1'],
  schedule: ['*/5 * * * *', '0 3 * * 1', '@hourly'],
  namespace: ['default', 'shop', 'kube-system'],
  topologyKey: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
  key: ['app', 'kubernetes.io/os', 'password', 'config.yaml', 'node-role.kubernetes.io/control-plane'],
  values: ['a', 'b', 'linux', '3'],
  operator: ['In', 'Exists', 'Equal'],
  effect: ['NoSchedule'],
  verbs: ['get', 'list', 'watch', '*'],
  apiGroups: ['', 'apps', '*'],
  resources: ['pods', 'pods/log', 'deployments', '*'],
  apiGroup: ['rbac.authorization.k8s.io'],
  apiVersion: ['apps/v1', 'v1'],
  fieldPath: ['metadata.name', 'status.podIP', "metadata.labels['app']"],
  resource: ['limits.cpu', 'requests.memory'],
  clusterIP: ['None', '10.96.0.10'],
  type: ['Opaque', 'Container', 'Pod', 'Resource', 'Utilization', 'Percent'],
  message: ['It works: yes', 'all good'],
  provisioner: ['kubernetes.io/aws-ebs', 'ebs.csi.aws.com'],
  storageClassName: ['standard', 'fast-ssd', ''],
  finalizers: ['kubernetes.io/pvc-protection'],
  server: ['nfs.example.com', '10.0.0.5'],
  driver: ['nfs.csi.k8s.io'],
  scopes: ['BestEffort', 'NotTerminating'],
  nameservers: ['1.1.1.1', '8.8.8.8'],
  mountOptions: ['hard', 'nfsvers=4.1'],
  user: ['1000'],
};
const keys: Readonly<Record<string, readonly string[]>> = {
  labels: ['app', 'tier', 'app.kubernetes.io/name', 'version', 'name', 'environment', 'role'],
  annotations: [
    'prometheus.io/scrape',
    'kubernetes.io/change-cause',
    'nginx.ingress.kubernetes.io/rewrite-target',
    'team',
  ],
  nodeSelector: ['kubernetes.io/os', 'disktype'],
  data: ['app.properties', 'LOG_LEVEL', 'config.yaml', 'password', 'username', 'key1', 'index.html'],
  parameters: ['type', 'fsType', 'encrypted'],
};
keysAlias();
const quantities = ['500m', '1Gi', '128Mi', '1', '0.5', '10', '2e3'];

function keysAlias(): void {
  const all = keys as Record<string, readonly string[]>;
  all.matchLabels = keys.labels ?? [];
  all.selector = keys.labels ?? [];
  all.stringData = keys.data ?? [];
  all.binaryData = ['logo.png', 'blob'];
}

const longs = [
  '#!/bin/sh\nset -e\necho starting\nexec nginx -g "daemon off;"\n',
  'color=blue\nsize=3\n',
  'server {\nlisten 80;\n}\n',
];

/** A text as people write it in this field. */
export function textFor(
  scalar: ScalarType | 'key',
  role: string,
  owner: string,
  chance: Chance,
  longTexts: boolean,
): string {
  const from = (all: readonly string[]): string => all[chance(all.length - 1)] ?? '';
  switch (scalar) {
    case 'key':
      if (
        [
          'limits',
          'requests',
          'capacity',
          'hard',
          'default',
          'defaultRequest',
          'max',
          'min',
          'maxLimitRequestRatio',
          'overhead',
          'allocatable',
        ].includes(role)
      ) {
        return from(['cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu']);
      }
      return from(keys[role] ?? ['first', 'second', 'example.com/third']);
    case 'quantity':
      return from(quantities);
    case 'time':
      return '2024-05-01T10:00:00Z';
    case 'base64':
      return from(['c2VjcmV0', 'YWRtaW4=', 'cGFzc3dvcmQ=']);
    case 'anything':
    case 'boolean':
    case 'int-or-text':
    case 'int32':
    case 'int64':
    case 'number':
    case 'text':
      if ((role === 'data' || role === 'stringData') && longTexts && chance(2) === 0) return from(longs);
      if (role === 'data' || role === 'stringData' || role === 'annotations') return from(words.value ?? []);
      if (owner === 'core.v1.EnvVar' && role === 'name')
        return from(['LOG_LEVEL', 'DB_HOST', 'PORT', 'my.var']);
      if (['labels', 'matchLabels', 'selector', 'nodeSelector'].includes(role))
        return from([...names, 'true', '1.2', 'deployment', 'v1']);
      return from(words[role] ?? names);
  }
}

/** A number as people write it in this field. */
export function numberFor(role: string, chance: Chance): number {
  if (/port/i.test(role)) return [80, 443, 8080, 5432, 30080][chance(4)] ?? 80;
  if (/mode/i.test(role)) return [420, 256][chance(1)] ?? 420;
  return [1, 2, 3, 5, 10, 30, 100, 1000][chance(7)] ?? 1;
}
