/** Ports that are not the ones meant. */
import type { Scenario } from '../scenario.ts';
import { ask, client, documents, idle, nginxSite, shop, webPod, webService } from './shop.ts';

const onLoopback = nginxSite('server { listen 127.0.0.1:80; root /usr/share/nginx/html; index index.html; }');

export const ports: readonly Scenario[] = [
  {
    id: 'wrong-service-port',
    title: 'The client asks for a port that the Service does not have.',
    ask: { ...ask, to: 'svc/shop/web:8080' },
    manifests: documents(shop, client, webPod(), webService()),
  },
  {
    id: 'protocol-mismatch',
    title: 'The Service offers the port over UDP, and the client asks over TCP.',
    ask: { ...ask, to: 'svc/shop/web:80' },
    manifests: documents(shop, client, webPod(), webService('', { port: 'port: 80, protocol: UDP' })),
  },
  {
    id: 'headless-port-not-mapped',
    title: "The client asks a headless Service on its port, which nobody translates to the pods' port.",
    ask: { ...ask, to: 'svc/shop/web:8080' },
    manifests: documents(
      shop,
      client,
      webPod(),
      webService('clusterIP: None', { port: 'port: 8080, targetPort: 80' }),
    ),
  },
  {
    id: 'named-port-missing',
    title: 'The Service names a target port that no container calls so.',
    ask,
    manifests: documents(shop, client, webPod(), webService('', { port: 'port: 80, targetPort: web' })),
  },
  {
    id: 'target-port-mismatch',
    title: 'The Service leads to port 8080 of the pods, which listen on 80.',
    ask,
    manifests: documents(shop, client, webPod(), webService('', { port: 'port: 80, targetPort: 8080' })),
  },
  {
    id: 'listens-on-loopback',
    title: 'The web server listens on 127.0.0.1, so only its own pod reaches it.',
    ask,
    manifests: documents(shop, client, onLoopback.documents, webPod(onLoopback.pod), webService()),
  },
  {
    id: 'not-listening',
    title: 'The pod runs and is ready, and nothing in it listens.',
    ask,
    manifests: documents(shop, client, webPod({ container: idle }), webService()),
  },
];
