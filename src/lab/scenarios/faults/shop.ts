/** The small shop that most faults to practise happen in: a client, a web server and its Service. */

/** Documents as one text. */
export function documents(...parts: readonly string[]): string {
  return parts.map((part) => part.trim()).join('\n---\n');
}

export const shop = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }`;

/** A pod to ask from: with curl, and on node1. */
export const client = `
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop, labels: { app: client } }
spec:
  nodeName: node1
  containers: [{ name: main, image: curlimages/curl, command: [sleep, infinity] }]`;

/** A pod to ask from that is in another namespace. */
export const desk = `
apiVersion: v1
kind: Namespace
metadata: { name: office }
---
apiVersion: v1
kind: Pod
metadata: { name: desk, namespace: office, labels: { app: desk } }
spec:
  nodeName: node1
  containers: [{ name: main, image: curlimages/curl, command: [sleep, infinity] }]`;

interface WebPod {
  name?: string;
  node?: string;
  labels?: string;
  /** Fields of the container, in YAML's flow style. */
  container?: string;
  /** Fields of the pod's spec, in YAML's block style with an indent of two. */
  spec?: string;
}

/** nginx, on another node than the client. */
export function webPod({
  name = 'web',
  node = 'node2',
  labels = 'app: web',
  container = 'image: nginx:1.29, ports: [{ name: http, containerPort: 80 }]',
  spec = '',
}: WebPod = {}): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { ${labels} } }
spec:
  nodeName: ${node}
  containers: [{ name: main, ${container} }]
${spec}`;
}

/** @param spec further fields in YAML's flow style. */
export function webService(
  spec = '',
  { selector = 'app: web', port = 'port: 80' }: { selector?: string; port?: string } = {},
): string {
  const more = spec === '' ? '' : `, ${spec}`;
  return `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { ${selector} }, ports: [{ ${port} }]${more} }`;
}

/** A pod that runs and listens on nothing. */
export const idle = 'image: busybox, command: [sleep, infinity], ports: [{ name: http, containerPort: 80 }]';

/** What nginx serves, by a ConfigMap in place of its own site; for `webPod`'s container and spec. */
export function nginxSite(
  site: string,
  more = '',
): { documents: string; pod: { container: string; spec: string } } {
  return {
    documents: `
apiVersion: v1
kind: ConfigMap
metadata: { name: site, namespace: shop }
data:
  default.conf: |
${site
  .trim()
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}`,
    pod: {
      container: `image: nginx:1.29, ports: [{ name: http, containerPort: 80 }], volumeMounts: [{ name: site, mountPath: /etc/nginx/conf.d }${more}]`,
      spec: '  volumes: [{ name: site, configMap: { name: site } }]',
    },
  };
}

export const ask = { from: 'pod/shop/client', to: 'svc/shop/web' };
