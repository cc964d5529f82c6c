import { agree, onePort, service } from './manifests.ts';

agree('Services and endpoints, and more', [
  ['svc/ext-trailing-dot', 1, service('type: ExternalName\nexternalName: a.b.')],
  ['svc/ext-empty-string', 0, service('type: ExternalName\nexternalName: ""')],
  [
    'svc/lb-sourceranges-ip',
    0,
    service('type: LoadBalancer\nloadBalancerSourceRanges: [10.0.0.1]\n' + onePort),
  ],
  ['svc/ipfams-three', 0, service('ipFamilies: [IPv4, IPv6, IPv4]\n' + onePort)],
  [
    'svc/ann-lb-ranges',
    0,
    service('type: LoadBalancer\n' + onePort).replace(
      'name: s',
      'name: s\n  annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: "10.0.0.0"}',
    ),
  ],
  [
    'svc/many-labels',
    1,
    service(onePort).replace('name: s', 'name: s\n  labels: {app.kubernetes.io/name: x}'),
  ],
  ['svc/label-prefix-bad', 0, service(onePort).replace('name: s', 'name: s\n  labels: {"A_b/c": x}')],
  ['svc/port-name-dot', 0, service('ports:\n- {name: a.b, port: 80}')],
  ['svc/port-name-dash-end', 0, service('ports:\n- {name: a-, port: 80}')],
  ['svc/port-name-double-dash', 1, service('ports:\n- {name: a--b, port: 80}')],
  ['svc/port-empty-name-one', 1, service('ports:\n- {name: "", port: 80}')],
  ['svc/app-proto-h2c', 1, service('ports:\n- {port: 80, appProtocol: kubernetes.io/h2c}')],
  ['svc/target-udp', 1, service('ports:\n- {port: 53, protocol: UDP, targetPort: dns}')],
  ['svc/nodeport-str', 0, service('type: NodePort\nports:\n- {port: 80, nodePort: "30080"}')],
  ['svc/clusterip-ipv6', 1, service('clusterIP: "fd00::10"\n' + onePort)],
  ['svc/hcnp-0', 1, service('type: LoadBalancer\nhealthCheckNodePort: 0\n' + onePort)],
  ['svc/publish-str', 0, service('publishNotReadyAddresses: "yes"\n' + onePort)],
  ['svc/no-selector', 1, 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n'],
  [
    'svc/selector-null',
    1,
    'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: , ports: [{port: 80}]}\n',
  ],
]);
