import * as vscode from 'vscode';
import { ExplainedError, isCancellation } from '../../../base/errors.ts';
import type { CheckRecord } from '../../../probe/check.ts';
import type { MatrixRuns } from '../../../probe/matrix/runs.ts';
import type { SmokeResult } from '../../../probe/smoke/run.ts';
import { cancellableProgress } from '../../host/cancellableProgress.ts';
import { mayOrExplain, needs } from '../../host/mayOrExplain.ts';
import { readWidely } from '../../host/readWidely.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import type { Session } from '../../host/session.ts';
import { batchOf } from '../matrix/runMatrix.ts';
import { beginSmoke, expectationsOf } from './smokeMatrix.ts';
import type { SmokeProblems } from './smokeProblems.ts';

/**
 * Makes the checks of a podnet.yaml and marks in it what is otherwise.
 * @throws ExplainedError where the file is wrong (its problems are marked) or the cluster refuses; CancelledError.
 */
export async function runSmokeFile(
  session: Session,
  cluster: Cluster,
  document: vscode.TextDocument,
  problems: SmokeProblems,
  runs: MatrixRuns,
): Promise<readonly SmokeResult[]> {
  // Brings the YAML parser along, which activation does without.
  const [{ readSmoke }, { namespacesOf, planSmoke }, { runSmoke }] = await Promise.all([
    import('../../../probe/smoke/read.ts'),
    import('../../../probe/smoke/plan.ts'),
    import('../../../probe/smoke/run.ts'),
  ]);
  const reading = readSmoke(document.getText());
  if (reading.is === 'wrong') {
    problems.showWrong(document.uri, reading.problems);
    const [first] = reading.problems;
    const line = String((first?.range.start.line ?? 0) + 1);
    throw new ExplainedError(
      'smoke-file-wrong',
      vscode.l10n.t(
        '{0}, line {1}: {2}',
        vscode.workspace.asRelativePath(document.uri),
        line,
        first?.message ?? '',
      ),
      { remedy: vscode.l10n.t('Nothing was checked.') },
    );
  }
  const { file } = reading;
  const title = vscode.l10n.t(
    'Checking {0}',
    vscode.workspace.asRelativePath(document.isUntitled ? document.uri.fsPath : document.uri),
  );
  const results = await cancellableProgress(title, async (signal, say) => {
    const wide = await readWidely(session, cluster, namespacesOf(file), signal);
    try {
      const plan = planSmoke(file, wide.world.snapshot);
      const namespaces = new Set(plan.pairs.map(({ from }) => from.namespace));
      await mayOrExplain(wide.cluster, ...[...namespaces].map((namespace) => needs.exec(namespace)));
      const stop = new AbortController();
      const growing = beginSmoke(runs, cluster, document, plan, () => stop.abort());
      let done = 0;
      const progress = (records: readonly CheckRecord[]): void => {
        done += records.length;
        growing.add(records);
        say(vscode.l10n.t('{0} of {1} checks', done, plan.pairs.length));
      };
      try {
        const either = AbortSignal.any([signal, stop.signal]);
        const found = await runSmoke(batchOf(wide.cluster), plan, file.checks, progress, either);
        growing.end('done', expectationsOf(found));
        return found;
      } catch (error) {
        growing.end(isCancellation(error) ? 'cancelled' : 'failed');
        throw error;
      }
    } finally {
      wide.dispose();
    }
  });
  problems.showResults(document.uri, results);
  return results;
}
