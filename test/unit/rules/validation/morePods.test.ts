import { agree, pod, probe } from './manifests.ts';

agree('pods, and more', [
  [
    'pod/two-init-same-port',
    1,
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b, ports: [{name: x, containerPort: 80}]},{name: c, image: b, ports: [{name: x, containerPort: 81}]}]}\n',
  ],
  [
    'port/hostport-two-containers',
    0,
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b, ports: [{containerPort: 80, hostPort: 80}]},{name: c, image: b, ports: [{containerPort: 81, hostPort: 80}]}]}\n',
  ],
  [
    'port/hostport-udp-tcp',
    1,
    pod('', 'ports: [{containerPort: 80, hostPort: 80},{containerPort: 80, hostPort: 80, protocol: UDP}]'),
  ],
  [
    'port/hostport-diff-ip',
    1,
    pod(
      '',
      'ports: [{containerPort: 80, hostPort: 80, hostIP: 10.0.0.1},{containerPort: 81, hostPort: 80, hostIP: 10.0.0.2}]',
    ),
  ],
  ['port/hostnet-hostport-same', 1, pod('hostNetwork: true', 'ports: [{containerPort: 80, hostPort: 80}]')],
  [
    'port/init-hostport-dup',
    1,
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {initContainers: [{name: i, image: b, ports: [{containerPort: 80, hostPort: 80}]}], containers: [{name: a, image: b, ports: [{containerPort: 80, hostPort: 80}]}]}\n',
  ],
  ['port/name-dash-start', 0, pod('', 'ports: [{containerPort: 80, name: -a}]')],
  ['port/name-15', 1, pod('', 'ports: [{containerPort: 80, name: aaaaaaaaaaaaaaa}]')],
  ['port/null', 1, pod('', 'ports:')],
  ['probe/exec', 1, probe('exec: {command: [ls]}')],
  ['probe/http-host', 1, probe('httpGet: {port: 80, host: a}')],
  ['probe/http-header', 1, probe('httpGet: {port: 80, httpHeaders: [{name: X-A, value: b}]}')],
  ['probe/port-upper', 0, probe('httpGet: {port: HTTP}')],
  ['probe/port-70000', 0, probe('httpGet: {port: 70000}')],
  ['probe/timeout0', 1, probe('tcpSocket: {port: 80}\ntimeoutSeconds: 0')],
  ['probe/failure0', 1, probe('tcpSocket: {port: 80}\nfailureThreshold: 0')],
  ['probe/grpc-service', 1, probe('grpc: {port: 80, service: ""}')],
  ['probe/grpc-big', 0, probe('grpc: {port: 70000}')],
  ['probe/empty', 0, pod('', 'livenessProbe: {}')],
  ['probe/null', 1, pod('', 'livenessProbe:')],
  ['probe/unknown', 0, probe('http: {port: 80}')],
  ['dns/default', 1, pod('dnsPolicy: Default')],
  ['dns/chfwhn', 1, pod('hostNetwork: true\ndnsPolicy: ClusterFirstWithHostNet')],
  [
    'dns/searches-33',
    0,
    pod('dnsConfig: {searches: [' + Array.from({ length: 33 }, (_, i) => `a${i}`).join(',') + ']}'),
  ],
  [
    'dns/searches-32',
    1,
    pod('dnsConfig: {searches: [' + Array.from({ length: 32 }, (_, i) => `a${i}`).join(',') + ']}'),
  ],
  [
    'dns/searches-long',
    0,
    pod(
      'dnsConfig: {searches: [' +
        Array.from({ length: 12 }, (_, i) => ('a'.repeat(60) + '.').repeat(3) + `b${i}`).join(',') +
        ']}',
    ),
  ],
  ['dns/ns-v6', 1, pod('dnsPolicy: None\ndnsConfig: {nameservers: ["fd00::1"]}')],
  ['dns/none-empty', 0, pod('dnsPolicy: None\ndnsConfig: {nameservers: []}')],
  ['dns/empty-policy', 1, pod('dnsPolicy: ""')],
]);
