import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { Pod } from '../../model/objects.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { planTargets } from '../../probe/plan.ts';
import { said } from '../host/say.ts';
import type { CheckQuestion } from './checkEntry.ts';

/**
 * The question "does this container reach that pod on that port".
 * @throws ExplainedError where the pod has no IP, has ended or is gone.
 */
export function podQuestion(
  connection: ClusterConnection,
  from: ContainerRef,
  { namespace, name }: Pod,
  port: number,
): CheckQuestion {
  const { snapshot, context } = connection;
  const { targets, notes } = planTargets({ is: 'pod', namespace, name, port }, snapshot, { from });
  const [target] = targets;
  if (target === undefined) {
    throw new ExplainedError('no-target', vscode.l10n.t('The pod {0} has no address to test', name));
  }
  return {
    from,
    target,
    targetPod: { namespace, name },
    notes: notes.map(({ sentence }) => said(sentence)),
    context: context.name,
    simulated: connection.isPracticeLab === true,
  };
}
