import { t } from '../base/l10n.ts';
import type { Kind } from '../model/objects.ts';
import { tierPolicyKinds } from '../model/tierPolicy.ts';
import { recordText } from './recordText.ts';
import { answerByObjects } from './byObjects.ts';
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
export function notSeenOf(view: TraceView): readonly string[] {
  const { world, probes, question, destinations } = view;
  const lines: string[] = [];
  for (const kind of relevant) {
    const coverage = world.snapshot.coverage(kind);
    if (!world.running || coverage.is === 'complete') continue;
    const why = 'message' in coverage ? coverage.message : waiting(coverage.is);
    lines.push(t('{0} objects: {1}', kind, why));
  }
  for (const object of world.notEvaluated ?? [])
    lines.push(t('{0}: policies of this kind are not evaluated', object));
  if (probes === undefined) {
    // What the objects leave open is what a probe would tell.
    const answer = answerByObjects(view);
    for (const { effect, text } of answer?.allowed === 'depends' ? answer.because : [])
      if (effect === 'depends') lines.push(text);
    lines.push(t('whether the application listens and answers: no probe was made'));
    return lines;
  }
  if (probes.asked === undefined) {
    lines.push(
      question.source.is === 'outside'
        ? t('the way from outside: it was not probed')
        : t('the connection itself: it was not probed'),
    );
  } else if (probes.asked.verdict === 'inconclusive')
    lines.push(t('the connection itself: {0}', recordText(probes.asked)));
  // Of a connection that works nobody asks which socket took it.
  for (const { pod } of probes.asked?.verdict === 'reachable' ? [] : destinations) {
    if (!probes.listeners.has(podKey(pod)))
      lines.push(t('which ports {0} listens on: its /proc/net/tcp could not be read', refOf(pod)));
  }
  return lines;
}

function waiting(is: 'loading' | 'unread'): string {
  return is === 'loading' ? t('loading') : t('unread');
}
