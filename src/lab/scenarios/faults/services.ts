/** Services that lead to nobody, or to somebody else. */
import type { Scenario } from '../scenario.ts';
import { ask, client, documents, idle, shop, webPod, webService } from './shop.ts';

const zones = `
apiVersion: v1
kind: Node
metadata: { name: node1, labels: { topology.kubernetes.io/zone: north } }
---
apiVersion: v1
kind: Node
metadata: { name: node2, labels: { topology.kubernetes.io/zone: south } }`;

const deployment = (name: string, image: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: web, part: ${name} } }
  template:
    metadata: { labels: { app: web, part: ${name} } }
    spec:
      containers: [{ name: main, image: '${image}', ports: [{ containerPort: 80 }] }]`;

export const services: readonly Scenario[] = [
  {
    id: 'selector-matches-nothing',
    title: "The Service's selector has a typing error.",
    ask,
    manifests: documents(shop, client, webPod(), webService('', { selector: 'app: wbe' })),
  },
  {
    id: 'selector-matches-others',
    title: 'The Service selects the pods of two workloads, so answers differ.',
    ask,
    manifests: documents(
      shop,
      client,
      deployment('pages', 'nginx:1.29'),
      deployment('reports', 'httpd:2.4'),
      webService(),
    ),
  },
  {
    id: 'manual-endpoints-stale',
    title: 'An EndpointSlice that was made by hand holds an address that no pod has any more.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod(),
      `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-by-hand, namespace: shop, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: '', port: 80, protocol: TCP }]
endpoints: [{ addresses: [10.244.2.200], conditions: { ready: true } }]`,
    ),
  },
  {
    id: 'internal-traffic-local',
    title: "The Service keeps traffic on the client's node, where no web server runs.",
    ask,
    manifests: documents(shop, client, webPod(), webService('internalTrafficPolicy: Local')),
  },
  {
    id: 'external-traffic-local',
    title: 'A node port is asked for on a node that runs no web server, and the Service stays on its node.',
    ask: { ...ask, to: 'node/node2:30080' },
    manifests: documents(
      shop,
      client,
      webPod({ node: 'node1' }),
      webService('type: NodePort, externalTrafficPolicy: Local', { port: 'port: 80, nodePort: 30080' }),
    ),
  },
  {
    id: 'load-balancer-pending',
    title: 'A load balancer is asked for in a cluster that has none to give.',
    ask: { from: 'outside', to: 'svc/shop/web' },
    manifests: documents(shop, client, webPod(), webService('type: LoadBalancer')),
  },
  {
    id: 'load-balancer-sources',
    title: "A pod asks at the load balancer's address, which lets only the office in.",
    ask: { ...ask, to: 'http://198.51.100.20/' },
    manifests: documents(
      shop,
      client,
      webPod(),
      `${webService('type: LoadBalancer, loadBalancerSourceRanges: [192.0.2.0/24]')}
status: { loadBalancer: { ingress: [{ ip: 198.51.100.20 }] } }`,
    ),
  },
  {
    id: 'other-proxy',
    title: 'A label leaves the Service to a proxy that does not run.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod(),
      `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, labels: { service.kubernetes.io/service-proxy-name: edge } }
spec: { selector: { app: web }, ports: [{ port: 80 }] }`,
    ),
  },
  {
    id: 'ip-family',
    title: 'The Service has an IPv6 address only, and the pods have IPv4 only.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod(),
      webService('ipFamilies: [IPv6], ipFamilyPolicy: SingleStack'),
    ),
  },
  {
    id: 'topology',
    title: "Traffic stays in the client's zone, where the only web server does not listen.",
    ask,
    manifests: documents(
      zones,
      shop,
      client,
      webPod({ name: 'web-north', node: 'node1', container: idle }),
      webPod({ name: 'web-south', node: 'node2' }),
      webService('trafficDistribution: PreferClose'),
    ),
  },
  {
    id: 'session-affinity',
    title: 'The Service keeps the client with one of two pods: the one that does not listen.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod({ name: 'web-0' }),
      webPod({ name: 'web-1', container: idle }),
      webService('sessionAffinity: ClientIP'),
    ),
  },
];
