import type { ObservedReachable } from '../host/observations.ts';
import type { CheckHistory } from './checkHistory.ts';

/** The checks of the history that found their target reachable. */
export function reachableChecks(history: CheckHistory): readonly ObservedReachable[] {
  return history.entries.flatMap((entry) => {
    if (entry.is !== 'finished' || entry.record.verdict !== 'reachable') return [];
    const { context, from, target, targetPod } = entry;
    // A name that resolves says nothing about a way; what comes from outside starts in no pod.
    if (from === 'outside' || target.scheme === 'dns' || entry.volume !== undefined) return [];
    return [
      {
        context,
        from: { namespace: from.namespace, pod: from.pod },
        target,
        ...(targetPod && { targetPod }),
      },
    ];
  });
}
