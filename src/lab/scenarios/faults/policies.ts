/** Policies that deny, that nobody enforces, and that are of another kind. */
import type { Scenario } from '../scenario.ts';
import { ask, client, desk, documents, shop, webPod, webService } from './shop.ts';

const policy = (name: string, spec: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
${spec}`;

const onlyAdmins = policy(
  'only-admins',
  `  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: admin } } }] }]`,
);

export const policies: readonly Scenario[] = [
  {
    id: 'policy-ingress',
    title: 'A policy lets only admins in to the web server.',
    ask,
    manifests: documents(shop, client, webPod(), webService(), onlyAdmins),
  },
  {
    id: 'policy-egress',
    title: 'A policy lets the client out to the DNS and nowhere else.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod(),
      webService(),
      policy(
        'client-asks-names-only',
        `  podSelector: { matchLabels: { app: client } }
  policyTypes: [Egress]
  egress: [{ ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }] }]`,
      ),
    ),
  },
  {
    id: 'policy-peer-shape',
    title: 'A policy names the labels of a client that is in another namespace, and not that namespace.',
    ask: { from: 'pod/office/desk', to: 'svc/shop/web' },
    manifests: documents(
      shop,
      desk,
      webPod(),
      webService(),
      policy(
        'desks-may-ask',
        `  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: desk } } }], ports: [{ port: 80 }] }]`,
      ),
    ),
  },
  {
    id: 'policy-service-port',
    title: "A policy allows the Service's port, where the pod's counts.",
    ask,
    manifests: documents(
      shop,
      client,
      webPod(),
      webService('', { port: 'port: 8080, targetPort: 80' }),
      policy(
        'web-port',
        `  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }], ports: [{ port: 8080 }] }]`,
      ),
    ),
  },
  {
    id: 'policy-ipblock',
    title: 'A policy admits the pods by a block of addresses, which this network plugin never does.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod(),
      webService(),
      policy(
        'pods-by-address',
        `  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 10.244.0.0/16 } }] }]`,
      ),
    ),
    faults: { ipBlocksMissPods: true },
  },
  {
    id: 'policy-not-enforced',
    title: 'A policy denies the connection, and the network plugin does not look at policies.',
    ask,
    manifests: documents(shop, client, webPod(), webService(), onlyAdmins),
    faults: { policiesNotEnforced: true },
  },
  {
    id: 'policy-not-evaluated',
    title: "A policy of the network plugin's own kind denies the connection.",
    ask,
    manifests: documents(
      shop,
      client,
      webPod(),
      webService(),
      `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: only-admins, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress: [{ fromEndpoints: [{ matchLabels: { app: admin } }] }]`,
    ),
  },
];
