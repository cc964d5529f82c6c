import type { CheckRecord } from '../../probe/check.ts';
import type { MatrixRun } from '../../probe/matrix/run.ts';
import type { ObservedReachable } from '../host/observations.ts';
import type { CheckEntry } from './checkEntry.ts';
import { podOfRef, targetOfRecord } from './recordEnds.ts';

/** The single checks and the cells of matrices that found their target reachable. */
export function reachableChecks(
  entries: readonly CheckEntry[],
  runs: readonly MatrixRun[],
): readonly ObservedReachable[] {
  return [
    ...entries.flatMap(observedEntry),
    ...runs.flatMap(({ context, cells }) =>
      [...cells.values()].flatMap((record) => observedCell(record, context)),
    ),
  ];
}

function observedEntry(entry: CheckEntry): readonly ObservedReachable[] {
  if (entry.is !== 'finished' || !tellsOfAWay(entry.record)) return [];
  const { context, from, target, targetPod } = entry;
  if (from === 'outside' || target.scheme === 'dns' || entry.volume !== undefined) return [];
  return [
    { context, from: { namespace: from.namespace, pod: from.pod }, target, ...(targetPod && { targetPod }) },
  ];
}

/** A cell is kept as its record alone, which names its ends as references. */
function observedCell(record: CheckRecord, context: string): readonly ObservedReachable[] {
  const target = targetOfRecord(record);
  const from = podOfRef(record.from);
  if (!tellsOfAWay(record) || target === undefined || from === undefined) return [];
  const targetPod = podOfRef(record.to);
  return [
    { context, from: { namespace: from.namespace, pod: from.name }, target, ...(targetPod && { targetPod }) },
  ];
}

/** A client pod that stood in for the source has other labels: what it reaches says nothing of the source. */
function tellsOfAWay({ verdict, from, ranIn }: CheckRecord): boolean {
  if (verdict !== 'reachable') return false;
  if (ranIn === undefined) return true;
  const [source, place] = [podOfRef(from), podOfRef(ranIn)];
  return source?.namespace === place?.namespace && source?.name === place?.name;
}
