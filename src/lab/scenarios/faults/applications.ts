/** Applications that are reached and do not answer as hoped. */
import type { Scenario } from '../scenario.ts';
import { authority, certificateOfAnotherName } from './certificates.ts';
import { ask, client, documents, nginxSite, shop, webPod, webService } from './shop.ts';

const overTls = nginxSite(
  `server {
  listen 443 ssl;
  ssl_certificate /etc/nginx/tls/tls.crt;
  root /usr/share/nginx/html;
  index index.html;
}`,
  ', { name: tls, mountPath: /etc/nginx/tls }',
);

const indented = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

const secureWeb = documents(
  overTls.documents,
  `
apiVersion: v1
kind: Secret
metadata: { name: web-tls, namespace: shop }
stringData:
  tls.crt: |
${indented(certificateOfAnotherName)}`,
  webPod({
    container: overTls.pod.container.replace('containerPort: 80', 'containerPort: 443'),
    spec: '  volumes: [{ name: site, configMap: { name: site } }, { name: tls, secret: { secretName: web-tls } }]',
  }),
  webService('', { port: 'name: https, port: 443' }),
);

const trustingClient = `
apiVersion: v1
kind: ConfigMap
metadata: { name: authorities, namespace: shop }
data:
  ca-certificates.crt: |
${indented(authority)}
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop, labels: { app: client } }
spec:
  nodeName: node1
  containers:
    - name: main
      image: curlimages/curl
      command: [sleep, infinity]
      volumeMounts: [{ name: authorities, mountPath: /etc/ssl/certs }]
  volumes: [{ name: authorities, configMap: { name: authorities } }]`;

const broken = nginxSite('server { listen 80; return 500 "the database is gone"; }');

export const applications: readonly Scenario[] = [
  {
    id: 'tls-mismatch',
    title: 'The client speaks TLS to a port that speaks plain HTTP.',
    ask: { ...ask, to: 'https://web.shop.svc.cluster.local:80/' },
    manifests: documents(shop, client, webPod(), webService('', { port: 'name: http, port: 80' })),
  },
  {
    id: 'certificate',
    title: 'The web server shows a certificate that was made for another name.',
    ask: { ...ask, to: 'https://web.shop.svc.cluster.local/' },
    manifests: documents(shop, trustingClient, secureWeb),
  },
  {
    id: 'mesh-mtls',
    title: 'The web server is in a service mesh that takes only its own TLS, and the client is not.',
    ask,
    manifests: documents(
      shop,
      client,
      `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  nodeName: node2
  containers:
    - { name: main, image: nginx:1.29, ports: [{ name: http, containerPort: 80 }] }
    - { name: istio-proxy, image: istio/proxyv2:1.27.0 }`,
      webService(),
    ),
  },
  {
    id: 'application-hung',
    title: 'The application takes connections and never answers.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod({
        container: 'image: busybox, command: [nc, -lk, -p, "80"], ports: [{ name: http, containerPort: 80 }]',
      }),
      webService(),
    ),
  },
  {
    id: 'application-error',
    title: 'The network is fine, and the application answers with an error.',
    ask,
    manifests: documents(shop, client, broken.documents, webPod(broken.pod), webService()),
  },
];
