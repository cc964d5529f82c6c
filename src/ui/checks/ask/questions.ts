import type { ClusterConnection } from '../../../model/connection.ts';
import { parseRef, type Ref } from '../../../model/refs.ts';
import type { ContainerRef } from '../../../model/terminal.ts';
import type { CheckTarget } from '../../../probe/check.ts';
import { planTargets, type PlanOptions } from '../../../probe/plan.ts';
import { said } from '../../host/say.ts';
import type { CheckQuestion } from '../checkEntry.ts';

/**
 * The questions a reference stands for, as the source sees it.
 * @throws ExplainedError where it names nothing that can be asked.
 */
export function questionsFor(
  connection: ClusterConnection,
  from: ContainerRef | 'outside',
  ref: Ref,
  options: Omit<PlanOptions, 'from'> = {},
): readonly CheckQuestion[] {
  const { snapshot, context } = connection;
  const { targets, notes } = planTargets(ref, snapshot, { ...options, ...(from !== 'outside' && { from }) });
  return targets.map((target) => ({
    from,
    target,
    notes: notes.map(({ sentence }) => said(sentence)),
    context: context.name,
    simulated: connection.isPracticeLab === true,
    ...targetPodOf(target),
  }));
}

/** The pod an endpoint's target is. Names stay names: only an address may be another one by the next time. */
function targetPodOf(target: CheckTarget): Pick<CheckQuestion, 'targetPod'> {
  if (!target.ref.startsWith('pod/') || /[a-z]/i.test(target.host.replaceAll(':', ''))) return {};
  const ref = parseRef(target.ref);
  return ref.is === 'pod' ? { targetPod: { namespace: ref.namespace, name: ref.name } } : {};
}
