/** Changes of generated pods at a steady rate. */
import type { Pod } from '../objects/pod.ts';
import { pods } from '../resources/catalog.ts';
import type { Store } from '../store/store.ts';

/** When the pod was changed, in milliseconds since the epoch: a client can tell how far it is behind. */
export const changedAtLabel = 'podnet.lab/changed-at';

const tickMs = 10;

/** The churn while it runs. */
export interface Churn {
  /** Ends it; returns how many changes were made. */
  stop(): number;
}

/** Changes one pod after the other, `rate` a second in all: its status and a label with the time. */
export function startChurn(store: Store, rate: number): Churn {
  const refs = [...store.list(pods)].map(({ metadata: { namespace, name } }) => ({ namespace, name }));
  let made = 0;
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * rate);
    for (; made < due && refs.length > 0; made++) {
      // A step that is coprime to round numbers: neighbours in time are strangers in the list.
      const ref = refs[(made * 7919) % refs.length];
      const pod = ref && store.get(pods, ref);
      if (pod) store.put(pods, changed(pod));
    }
  }, tickMs);
  return {
    stop: () => {
      clearInterval(timer);
      return made;
    },
  };
}

function changed(pod: Pod): Pod {
  const { metadata, status } = pod;
  return {
    ...pod,
    metadata: { ...metadata, labels: { ...metadata.labels, [changedAtLabel]: String(Date.now()) } },
    status: {
      ...status,
      containerStatuses: (status.containerStatuses ?? []).map((container, index) =>
        index === 0 ? { ...container, restartCount: container.restartCount + 1 } : container,
      ),
    },
  };
}
