import { changedAtLabel } from '../../../src/lab/bigCluster/churn.ts';
import type { Client } from './client.ts';
import type { ClientTask } from './messages.ts';

/** The informer of @kubernetes/client-node on all pods, as its documentation shows it. */
export async function informerClient({ kubeconfig }: ClientTask): Promise<Client> {
  const { CoreV1Api, KubeConfig, makeInformer } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const informer = makeInformer(config, '/api/v1/pods', () => api.listPodForAllNamespaces());
  return {
    warmUp: async () => {
      await api.listNamespace({ limit: 1 });
    },
    read: async (onFirst) => {
      let isFirst = true;
      let fail: ((error: unknown) => void) | undefined;
      const failed = new Promise<never>((_resolve, reject) => (fail = reject));
      informer.on('error', (error: unknown) => fail?.(error));
      informer.on('add', () => {
        if (isFirst) onFirst();
        isFirst = false;
      });
      await Promise.race([informer.start(), failed]);
    },
    watch: (onChange) => {
      informer.on('update', (pod) => onChange(Number(pod.metadata?.labels?.[changedAtLabel])));
    },
    close: () => void informer.stop(),
  };
}
