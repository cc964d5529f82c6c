import {
  createAccess,
  createClient,
  createConnection,
  createExec,
  createLogs,
  createObjects,
  createOpenApi,
  createOutsideChecker,
  createPortForwards,
  createTerminals,
  Kubeconfigs,
  processEnvironment,
  type Environment,
} from './cluster/index.ts';
import type { ClusterContext, NamespaceScope } from './model/connection.ts';
import { ContainerChecker } from './probe/checker.ts';
import type { Cluster, ClusterAccess } from './ui/host/clusterAccess.ts';

interface Log {
  info(message: string): void;
}

/** How long a connection outlives the view that showed it, so that switching views costs nothing. */
const idleGraceMs = 120_000;

/**
 * Composes what the interface asks of clusters. Loaded when a view or command first needs it, for it brings the
 * client library along.
 * @param file undefined: $KUBECONFIG, then ~/.kube/config.
 * @param proxySettings the proxy for clusters for which kubeconfig and environment name none
 */
export function openKubeconfig(
  file: string | undefined,
  log: Log,
  proxySettings: Environment['proxySettings'],
): ClusterAccess {
  const environment = { ...processEnvironment(), ...(proxySettings && { proxySettings }) };
  const kubeconfigs = new Kubeconfigs({ file, environment });
  return {
    readContexts: () => kubeconfigs.read(),
    readProblems: () => kubeconfigs.problems(),
    onDidChangeContexts: kubeconfigs.onDidChange,
    open: (context, scope) => openCluster(kubeconfigs, context, scope, log, environment),
    dispose: () => kubeconfigs.dispose(),
  };
}

function openCluster(
  kubeconfigs: Kubeconfigs,
  context: ClusterContext,
  scope: NamespaceScope,
  log: Log,
  environment: Environment,
): Cluster {
  log.info(`Context ${context.name} at ${context.server}`);
  const client = createClient(kubeconfigs, context, environment);
  const connection = createConnection({ client, scope, idleGraceMs });
  const logged = connection.onDidChangeState((state) => {
    const message = 'message' in state ? `: ${state.message}` : '';
    log.info(`${context.name} is ${state.is}${message}`);
  });
  const exec = createExec({
    client,
    nodeOf: ({ namespace, pod }) => connection.snapshot.get('Pod', namespace, pod)?.nodeName,
  });
  const checker = new ContainerChecker(exec, {
    imageOf: ({ namespace, pod, container }) =>
      connection.snapshot.get('Pod', namespace, pod)?.containers.find(({ name }) => name === container)
        ?.image,
  });
  const portForwards = createPortForwards({ client });
  return {
    context,
    connection,
    checker,
    local: createOutsideChecker(client, () => connection.isPracticeLab),
    exec,
    terminals: createTerminals({ client }),
    objects: createObjects({ client }),
    logs: createLogs({ client }),
    portForwards,
    access: createAccess(client),
    openApi: createOpenApi({ client }),
    dispose: () => {
      portForwards.dispose();
      logged.dispose();
      connection.dispose();
      client.dispose();
    },
  };
}
