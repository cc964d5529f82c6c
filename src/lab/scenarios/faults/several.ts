/** More than one thing wrong at once. */
import type { Scenario } from '../scenario.ts';
import { ask, client, documents, shop, webPod, webService } from './shop.ts';

export const several: Scenario = {
  id: 'several-causes',
  title: 'A policy keeps the client out, and behind it the Service leads to the wrong port of the pods.',
  ask,
  manifests: documents(
    shop,
    client,
    webPod(),
    webService('', { port: 'port: 80, targetPort: 8080' }),
    `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: only-admins, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: admin } } }] }]`,
  ),
};
