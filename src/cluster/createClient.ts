import type { ClusterContext } from '../model/connection.ts';
import type { Environment } from './environment.ts';
import type { Kubeconfigs } from './kubeconfig/kubeconfigs.ts';
import { ClusterClient } from './transport/client.ts';

/**
 * The way into one cluster, to be shared by its connection, exec and terminals. Contacts nothing yet. Signs in
 * again after the kubeconfig changed.
 * @param context one that `kubeconfigs.read()` gave
 */
export function createClient(
  kubeconfigs: Kubeconfigs,
  context: ClusterContext,
  environment?: Environment,
): ClusterClient {
  const client = new ClusterClient(context, () => kubeconfigs.resolve(context.name), environment);
  const subscription = kubeconfigs.onDidChange(() => client.forgetCredentials());
  client.onDidDispose(() => subscription.dispose());
  return client;
}
