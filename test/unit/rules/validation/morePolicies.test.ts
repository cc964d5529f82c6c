import { agree, ingress, pathOf, policy } from './manifests.ts';

agree('network policies and ingresses, and more', [
  ['np/named-port-proto', 1, policy('podSelector: {}\ningress: [{ports: [{port: http, protocol: UDP}]}]')],
  ['np/port-neg', 0, policy('podSelector: {}\ningress: [{ports: [{port: -1}]}]')],
  [
    'np/ns-expr',
    1,
    policy(
      'podSelector: {}\ningress: [{from: [{namespaceSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}}]}]',
    ),
  ],
  ['np/expr-op', 0, policy('podSelector: {matchExpressions: [{key: a, operator: in, values: [b]}]}')],
  ['np/cidr-v6', 1, policy('podSelector: {}\negress: [{to: [{ipBlock: {cidr: "2001:db8::/32"}}]}]')],
  [
    'np/except-v6',
    0,
    policy('podSelector: {}\negress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: ["2001:db8::/32"]}}]}]'),
  ],
  ['np/cidr-leading0', 0, policy('podSelector: {}\negress: [{to: [{ipBlock: {cidr: 010.0.0.0/8}}]}]')],
  ['np/to-in-ingress', 0, policy('podSelector: {}\ningress: [{to: [{podSelector: {}}]}]')],
  ['np/port-noport', 1, policy('podSelector: {}\ningress: [{ports: [{protocol: TCP}]}]')],
  ['np/ports-empty', 1, policy('podSelector: {}\ningress: [{ports: []}]')],
  ['np/types-egress-only', 1, policy('podSelector: {}\npolicyTypes: [Egress]')],
  ['np/types-str', 0, policy('podSelector: {}\npolicyTypes: Ingress')],
  ['np/name-upper', 0, policy('podSelector: {}').replace('name: a', 'name: A')],
  ['np/endport-same', 1, policy('podSelector: {}\ningress: [{ports: [{port: 80, endPort: 80}]}]')],
  ['ing/port-name-upper', 0, pathOf('/', 'Prefix', 'service: {name: s, port: {name: HTTP}}')],
  ['ing/host-trailing-dot', 0, ingress('rules: [{host: "a.b."}]')],
  ['ing/host-wild-two', 0, ingress('rules: [{host: "*.*.b"}]')],
  ['ing/host-long', 0, ingress('rules: [{host: "' + ('a'.repeat(63) + '.').repeat(4) + 'b"}]')],
  ['ing/tls-host-ip', 1, ingress('tls: [{hosts: [10.0.0.1]}]\nrules: [{host: a.b}]')],
  ['ing/tls-nosecret', 1, ingress('tls: [{hosts: [a.b]}]\nrules: [{host: a.b}]')],
  ['ing/exact-empty', 0, pathOf('""', 'Exact')],
  ['ing/impl-empty', 1, pathOf('""', 'ImplementationSpecific')],
  ['ing/res-nokind', 0, pathOf('/', 'Prefix', 'resource: {apiGroup: a.b, name: x}')],
  [
    'ing/class-ann-only',
    1,
    ingress('rules: [{host: a.b}]').replace(
      'name: a',
      'name: a\n  annotations: {kubernetes.io/ingress.class: nginx}',
    ),
  ],
  ['ing/v1beta-backend', 0, ingress('backend: {serviceName: s, servicePort: 80}')],
  [
    'ing/annotation-bool',
    0,
    ingress('rules: [{host: a.b}]').replace(
      'name: a',
      'name: a\n  annotations: {nginx.ingress.kubernetes.io/ssl-redirect: true}',
    ),
  ],
]);
