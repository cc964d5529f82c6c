import * as vscode from 'vscode';
import { labelOf } from '../../../probe/attempt.ts';
import type { CheckTarget } from '../../../probe/check.ts';
import { cellKey, type MatrixExpectation } from '../../../probe/matrix/run.ts';
import type { GrowingRun, MatrixRuns } from '../../../probe/matrix/runs.ts';
import { verdictSaid } from '../../../probe/report.ts';
import type { SmokePlan } from '../../../probe/smoke/plan.ts';
import { expectationText } from '../../../probe/smoke/report.ts';
import type { SmokeResult } from '../../../probe/smoke/run.ts';
import { meets } from '../../../probe/smoke/schema.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import { say } from '../../host/say.ts';

/** The checks of a podnet.yaml as a matrix that grows: its panel shows them as they come. */
export function beginSmoke(
  runs: MatrixRuns,
  { connection }: Cluster,
  document: vscode.TextDocument,
  plan: SmokePlan,
  cancel: () => void,
): GrowingRun {
  const rows = new Map<string, { from: SmokePlan['pairs'][number]['from']; targets: CheckTarget[] }>();
  for (const { from, target } of plan.pairs) {
    const row = rows.get(labelOf(from));
    if (row === undefined) rows.set(labelOf(from), { from, targets: [target] });
    // Two checks may expect something of the same pair: it is one cell.
    else if (!row.targets.some(({ ref }) => ref === target.ref)) row.targets.push(target);
  }
  const matrixPlan = { rows: [...rows.values()], notes: plan.unplanned.map(({ message }) => message) };
  const meta = {
    title: vscode.workspace.asRelativePath(document.isUntitled ? document.uri.fsPath : document.uri),
    context: connection.context.name,
    simulated: connection.isPracticeLab === true,
    asked: { file: document.uri.toString() },
  };
  return runs.begin(matrixPlan, meta, cancel);
}

/** What the panel says of each check of the file. */
export function expectationsOf(results: readonly SmokeResult[]): readonly MatrixExpectation[] {
  return results.map(({ check, is, message, records }) => {
    const wrong = records.filter((record) => meets(check, record) !== true);
    const [first] = wrong;
    const expected = vscode.l10n.t('expected {0}', expectationText(check, say));
    const found = first && vscode.l10n.t('{0} → {1} is {2}', first.from, first.to, verdictSaid(first, say));
    return {
      name: check.name,
      is,
      message: message || [expected, found].filter(Boolean).join('; '),
      // Those that are otherwise first: that is where its line leads to.
      cells: [...wrong, ...records.filter((record) => !wrong.includes(record))].map(({ from, to }) =>
        cellKey(from, to),
      ),
    };
  });
}
