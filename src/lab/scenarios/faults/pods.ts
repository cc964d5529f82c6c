/** Pods that do not run, or are not ready. */
import type { Scenario } from '../scenario.ts';
import { ask, client, documents, shop, webPod, webService } from './shop.ts';

export const pods: readonly Scenario[] = [
  {
    id: 'pod-not-running',
    title: 'The image of the web server cannot be pulled.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod({ container: 'image: nginx:typo, ports: [{ containerPort: 80 }]' }),
      webService(),
    ),
  },
  {
    id: 'endpoints-not-ready',
    title: 'The readiness probe of the web server asks for a page that does not exist.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod({
        container:
          'image: nginx:1.29, ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { path: /healthy, port: 80 }, periodSeconds: 1 }',
      }),
      webService(),
    ),
  },
  {
    id: 'readiness-gate-unmet',
    title: 'The web server waits for a condition that no controller sets.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod({ spec: '  readinessGates: [{ conditionType: balancer.example.com/registered }]' }),
      webService(),
    ),
  },
  {
    id: 'endpoints-terminating',
    title: 'The only web server is being deleted and takes its time to end.',
    ask,
    manifests: documents(
      shop,
      client,
      webPod({
        container: `image: nginx:1.29, ports: [{ containerPort: 80 }], command: [sh, -c, "echo ok > /usr/share/nginx/html/ready; exec nginx -g 'daemon off;'"], readinessProbe: { httpGet: { path: /ready, port: 80 }, periodSeconds: 1, failureThreshold: 1 }, lifecycle: { preStop: { exec: { command: [sh, -c, 'rm /usr/share/nginx/html/ready; sleep 3600'] } } }`,
        spec: '  terminationGracePeriodSeconds: 3600',
      }),
      webService(),
    ),
    faults: { deletedPods: ['shop/web'] },
  },
];
