import type { Kind } from '../model/objects.ts';
import { tierPolicyKinds } from '../model/tierPolicy.ts';
import { podKey, refOf, type TraceView } from './view.ts';

const relevant: readonly Kind[] = [
  'Pod',
  'Service',
  'EndpointSlice',
  'NetworkPolicy',
  ...tierPolicyKinds,
  'Node',
  'Namespace',
];

/** What would bear on the answer and could not be seen, each with its reason. */
export function notSeenOf({ world, probes, question, destinations }: TraceView): readonly string[] {
  const lines: string[] = [];
  for (const kind of relevant) {
    const coverage = world.snapshot.coverage(kind);
    if (!world.running || coverage.is === 'complete') continue;
    const why = 'message' in coverage ? coverage.message : coverage.is;
    lines.push(`${kind} objects: ${why}`);
  }
  for (const object of world.notEvaluated ?? [])
    lines.push(`${object}: policies of this kind are not evaluated`);
  if (probes === undefined) {
    lines.push('whether the application listens and answers: no probe was made');
    return lines;
  }
  if (probes.asked === undefined) {
    lines.push(
      question.source.is === 'outside'
        ? 'the way from outside: it was not probed'
        : 'the connection itself: it was not probed',
    );
  } else if (probes.asked.verdict === 'inconclusive')
    lines.push(`the connection itself: ${probes.asked.summary}`);
  // Of a connection that works nobody asks which socket took it.
  for (const { pod } of probes.asked?.verdict === 'reachable' ? [] : destinations) {
    if (!probes.listeners.has(podKey(pod)))
      lines.push(`which ports ${refOf(pod)} listens on: its /proc/net/tcp could not be read`);
  }
  return lines;
}
