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
export { createClient } from './createClient.ts';
export type { Environment } from './environment.ts';
export { Kubeconfigs, type KubeconfigsOptions } from './kubeconfig/kubeconfigs.ts';
export type { KubeconfigProblem } from './kubeconfig/types.ts';
export { ApiError } from './transport/apiError.ts';
export type { ApiRequest, ApiResponse, ClusterClient } from './transport/client.ts';
export { createConnection, type ConnectionOptions } from './watch/connection.ts';
export { createExec, type ExecOptions } from './exec/exec.ts';
export { createTerminals } from './exec/terminals.ts';
