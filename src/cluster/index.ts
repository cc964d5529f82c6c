/*
 * Everything that talks to a Kubernetes API server. Composition opens it so:
 *
 *   const kubeconfigs = new Kubeconfigs({ file });
 *   const contexts = await kubeconfigs.read();
 *   const client = createClient(kubeconfigs, context);   // contacts nothing
 *   const connection = createConnection({ client, scope });
 *
 * and disposes of them in the opposite order.
 */
export { createAccess } from './access/access.ts';
export { createClient } from './createClient.ts';
export { processEnvironment, type Environment } from './environment.ts';
export { createExec } from './exec/exec.ts';
export { createOutsideChecker } from './local/outsideChecker.ts';
export { createTerminals } from './exec/terminals.ts';
export { createPortForwards } from './forward/portForwards.ts';
export { createLogs } from './requests/logs.ts';
export { createObjects } from './requests/objects.ts';
export { createOpenApi } from './requests/openApi.ts';
export { Kubeconfigs } from './kubeconfig/kubeconfigs.ts';
export type { ClusterClient } from './transport/client.ts';
export { createConnection } from './watch/connection.ts';
