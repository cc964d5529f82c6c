import * as vscode from 'vscode';
import { ExplainedError } from '../../../base/errors.ts';
import { parseRef } from '../../../model/refs.ts';
import type { CheckRecord } from '../../../probe/check.ts';
import { planTargets } from '../../../probe/plan.ts';
import { refWord } from '../../../probe/refWord.ts';
import { planSource } from '../../../probe/source.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import { checkLimits } from '../runCheck.ts';
import { batchOf } from './runMatrix.ts';

/**
 * Asks one pair of a matrix again.
 * @param from,to as the pair's record names them.
 * @throws ExplainedError where source or target are gone; CancelledError.
 */
export async function recheck(
  cluster: Cluster,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<CheckRecord> {
  const snapshot = await cluster.connection.whenRead(signal);
  const source = planSource(parseRef(from), snapshot);
  const { targets } = planTargets(parseRef(refWord(to)), snapshot, { from: source, serviceBy: 'ip' });
  const target = targets.find(({ ref }) => ref === to);
  const [record] =
    target === undefined
      ? []
      : await batchOf(cluster).check({ from: source, targets: [target], ...checkLimits() }, signal);
  if (record !== undefined) return record;
  throw new ExplainedError('nothing-to-check', vscode.l10n.t('{0} has nothing to ask any more', to));
}
