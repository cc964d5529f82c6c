import {
  createClient,
  createConnection,
  Kubeconfigs,
  type ClusterClient,
} from '../../../src/cluster/index.ts';
import { Encoding } from '../../../src/cluster/watch/encoding.ts';
import { changedAtLabel } from '../../../src/lab/bigCluster/churn.ts';
import { kinds, type Pod } from '../../../src/model/objects.ts';
import type { Client } from './client.ts';
import type { ClientTask } from './messages.ts';

/** Our own connection, as the views hold it. */
export function connectionClient({ kubeconfig, json }: ClientTask): Client {
  const kubeconfigs = new Kubeconfigs({ file: kubeconfig });
  const newClient = async (): Promise<ClusterClient> => {
    const contexts = await kubeconfigs.read();
    if (contexts.is !== 'read' || contexts.contexts[0] === undefined) throw new Error('no context');
    return createClient(kubeconfigs, contexts.contexts[0]);
  };
  const opened: { dispose(): void }[] = [kubeconfigs];
  let connection: ReturnType<typeof createConnection> | undefined;
  return {
    warmUp: async () => {
      const client = await newClient();
      await client.json({ path: '/version', signal: AbortSignal.timeout(10_000) });
      client.dispose();
    },
    read: async (onFirst) => {
      const client = await newClient();
      const made = createConnection({ client, encoding: new Encoding(json ? kinds : []) });
      connection = made;
      opened.push(client, made);
      const first = made.onDidChange(({ snapshot }) => {
        if (snapshot.count('Pod') === 0) return;
        first.dispose();
        onFirst();
      });
      opened.push(made.watch());
      await made.whenRead(AbortSignal.timeout(300_000));
    },
    watch: (onChange) => {
      if (connection === undefined) throw new Error('read first');
      const changedAt = ({ labels }: Pod): string => labels[changedAtLabel] ?? '';
      const known = new Map(connection.snapshot.all('Pod').map((pod) => [pod.uid, changedAt(pod)]));
      connection.onDidChange(({ snapshot, touched }) => {
        for (const namespace of touched.get('Pod') ?? []) {
          for (const pod of snapshot.inNamespace('Pod', namespace)) {
            const time = changedAt(pod);
            if (known.get(pod.uid) === time) continue;
            known.set(pod.uid, time);
            onChange(Number(time));
          }
        }
      });
    },
    close: () => {
      for (const each of opened.reverse()) each.dispose();
    },
  };
}
