import type { CheckResults } from '../host/checkResults.ts';
import { outcomeText } from '../host/verdictText.ts';
import type { CheckHistory } from './checkHistory.ts';

/** The finished checks between a pod and something else, as other views show them. */
export function checkResults(history: CheckHistory): CheckResults {
  return {
    onDidChange: history.onDidChange,
    all: () =>
      history.entries.flatMap((entry) => {
        if (entry.is !== 'finished' || entry.from === 'outside' || entry.volume !== undefined) return [];
        const { context, from, target, targetPod, record } = entry;
        // A name that resolves says nothing about a way.
        if (target.scheme === 'dns') return [];
        return [
          {
            context,
            from: { namespace: from.namespace, pod: from.pod },
            target,
            ...(targetPod && { targetPod }),
            verdict: record.verdict,
            outcome: outcomeText(record),
            startedAt: record.startedAt,
          },
        ];
      }),
  };
}
