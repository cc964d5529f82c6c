import type { Json } from '../../model/json.ts';
import { record, text } from '../../model/json.ts';
import type { Pod } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { restrictedContext } from './securityContext.ts';
import { podName, whenRunning, type StandInRequests } from './whenRunning.ts';

/** Marks our client pods; no workload's selector has it. */
const label = 'pod-network-explorer/client';
const container = 'client';
const livesSeconds = 300;

/** A pod that only waits to be told what to ask, on the source's node and in its namespace. */
export interface ClientPod {
  readonly at: ContainerRef;
  /** Deletes it; takes no signal, for it must happen after a cancellation, too. */
  readonly remove: () => Promise<void>;
}

/**
 * Starts a client pod and waits until it runs. Where it does not, it is deleted again.
 * @param suffix makes its name new.
 * @throws ExplainedError where the server refuses (quota, Pod Security, rights) or the pod does not run.
 */
export async function startClientPod(
  requests: StandInRequests,
  place: { readonly namespace: string; readonly nodeName: string },
  image: string,
  suffix: string,
  signal: AbortSignal,
): Promise<ClientPod> {
  const name = `podnet-client-${suffix}`;
  const at = { namespace: place.namespace, pod: name, container };
  let uid = '';
  const remove = async (): Promise<void> => {
    const options = { dryRun: false, ...(uid !== '' && { uid }) };
    await requests.delete(podName(at), options, new AbortController().signal);
  };
  try {
    const created = await requests.create(manifest(name, place, image), { dryRun: false }, signal);
    uid = text(record(created.metadata).uid);
    await whenRunning(requests, at, signal);
  } catch (error) {
    // A request that was given up may have been carried out all the same.
    await Promise.allSettled([remove()]);
    throw error;
  }
  return { at, remove };
}

/** Client pods that a crash left behind: those that have ended. */
export function leftClientPods(snapshot: Snapshot, namespace: string): readonly Pod[] {
  return snapshot
    .inNamespace('Pod', namespace)
    .filter(
      ({ labels, phase }) => Object.hasOwn(labels, label) && (phase === 'Failed' || phase === 'Succeeded'),
    );
}

/** None of the source's labels: a Service would send it requests, a ReplicaSet adopt it. */
function manifest(
  name: string,
  { namespace, nodeName }: { readonly namespace: string; readonly nodeName: string },
  image: string,
): Json {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { [label]: 'true', 'app.kubernetes.io/managed-by': 'pod-network-explorer' },
    },
    spec: {
      ...(nodeName !== '' && { nodeName }),
      restartPolicy: 'Never',
      activeDeadlineSeconds: livesSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      // The source's node may be tainted; it is that node's network the question is about.
      tolerations: [{ operator: 'Exists' }],
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: container,
          image,
          command: ['sleep', String(livesSeconds)],
          securityContext: restrictedContext,
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
        },
      ],
    },
  };
}
