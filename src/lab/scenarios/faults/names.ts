/** Names that lead nowhere. */
import type { Scenario } from '../scenario.ts';
import { ask, client, desk, documents, shop, webPod, webService } from './shop.ts';

const allButDns = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: client-may-ask-web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: client } }
  policyTypes: [Egress]
  egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }] }]`;

const clientWithNodeDns = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: client, namespace: shop }
spec:
  serviceName: client
  selector: { matchLabels: { app: client } }
  template:
    metadata: { labels: { app: client } }
    spec:
      dnsPolicy: Default
      terminationGracePeriodSeconds: 1
      containers: [{ name: main, image: curlimages/curl, command: [sleep, infinity] }]`;

const brokenDns = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: coredns, namespace: kube-system }
spec:
  template:
    spec:
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v99.0.0
          ports: [{ name: dns, containerPort: 53, protocol: UDP }]`;

export const names: readonly Scenario[] = [
  {
    id: 'service-not-found',
    title: 'The client asks for a Service under a name that is one letter off.',
    ask: { ...ask, to: 'svc/shop/wep:80' },
    manifests: documents(shop, client, webPod(), webService()),
  },
  {
    id: 'dns-search',
    title: 'A short name is asked for from another namespace than the Service is in.',
    ask: { from: 'pod/office/desk', to: 'http://web/' },
    manifests: documents(shop, desk, webPod(), webService()),
  },
  {
    id: 'dns-down',
    title: "The pods of the cluster's DNS cannot be started, so no name resolves.",
    ask,
    manifests: documents(shop, client, webPod(), webService(), brokenDns),
  },
  {
    id: 'dns-blocked',
    title: 'An egress policy lets the client talk to the web server, and forgets about DNS.',
    ask,
    manifests: documents(shop, client, webPod(), webService(), allButDns),
  },
  {
    id: 'dns-policy',
    title: "The client asks its node's name server, which knows no Services.",
    ask: { ...ask, from: 'pod/shop/client-0' },
    manifests: documents(shop, clientWithNodeDns, webPod(), webService()),
  },
  {
    id: 'external-name-wrong',
    title: 'A Service stands for a name that nobody has.',
    ask: { ...ask, to: 'svc/shop/payments:80' },
    manifests: documents(
      shop,
      client,
      webPod(),
      webService(),
      `
apiVersion: v1
kind: Service
metadata: { name: payments, namespace: shop }
spec: { type: ExternalName, externalName: wbe.shop.svc.cluster.local }`,
    ),
  },
];
