/** Nodes, and the network between them. */
import type { Scenario } from '../scenario.ts';
import { ask, client, documents, shop, webPod, webService } from './shop.ts';

const kubeProxy = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: kube-proxy, namespace: kube-system, labels: { k8s-app: kube-proxy } }
spec:
  selector: { matchLabels: { k8s-app: kube-proxy } }
  template:
    metadata: { labels: { k8s-app: kube-proxy } }
    spec:
      hostNetwork: true
      containers: [{ name: kube-proxy, image: registry.k8s.io/kube-proxy:v1.36.0 }]`;

/** A page that does not fit into one packet. */
const largePage = `
apiVersion: v1
kind: ConfigMap
metadata: { name: pages, namespace: shop }
data:
  index.html: "${'A page that is larger than a packet. '.repeat(60)}"`;

export const nodes: readonly Scenario[] = [
  {
    id: 'node-not-ready',
    title: 'The node of the web server has fallen silent.',
    ask,
    manifests: documents(shop, client, webPod(), webService()),
    faults: { nodesDown: ['node2'] },
  },
  {
    id: 'kube-proxy-down',
    title:
      "On the client's node kube-proxy runs and does not do its work: addresses of Services lead nowhere.",
    ask,
    manifests: documents(kubeProxy, shop, client, webPod(), webService()),
    faults: { kubeProxyDown: ['node1'] },
  },
  {
    id: 'cross-node',
    title: 'Packets between the two nodes are lost.',
    ask: { ...ask, to: 'pod/shop/web:80' },
    manifests: documents(shop, client, webPod(), webService()),
    faults: { separatedNodes: [['node1', 'node2']] },
  },
  {
    id: 'mtu',
    title: 'Small packets arrive on the other node, and large ones do not.',
    ask,
    manifests: documents(
      shop,
      client,
      largePage,
      webPod({
        container:
          'image: nginx:1.29, ports: [{ containerPort: 80 }], volumeMounts: [{ name: pages, mountPath: /usr/share/nginx/html }]',
        spec: '  volumes: [{ name: pages, configMap: { name: pages } }]',
      }),
      webService(),
    ),
    faults: { mtu: 1400 },
  },
  {
    id: 'hairpin',
    title: 'A pod asks itself through its own Service, and its packets do not come back.',
    ask: { ...ask, from: 'pod/shop/web' },
    manifests: documents(shop, client, webPod(), webService()),
    faults: { noHairpin: true },
  },
  {
    id: 'node-port-blocked',
    title: 'A node port works inside the cluster, and a firewall keeps everybody outside from it.',
    ask: { from: 'outside', to: 'node/node2:30080' },
    manifests: documents(
      shop,
      client,
      webPod(),
      webService('type: NodePort', { port: 'port: 80, nodePort: 30080' }),
    ),
    faults: { nodePortsFirewalled: true },
  },
  {
    id: 'egress-blocked',
    title: 'The client asks an address of the internet, and nothing comes back.',
    ask: { ...ask, to: 'http://203.0.113.80/' },
    manifests: documents(shop, client),
  },
];
