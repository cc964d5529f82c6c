import * as vscode from 'vscode';
import { isCancellation } from '../../../base/errors.ts';
import type { ContainerRef } from '../../../model/terminal.ts';
import { BatchChecker } from '../../../probe/batch/batchChecker.ts';
import { checkMatrix } from '../../../probe/matrix/checkMatrix.ts';
import type { MatrixRun } from '../../../probe/matrix/run.ts';
import type { MatrixRuns } from '../../../probe/matrix/runs.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import { mayOrExplain, needs } from '../../host/mayOrExplain.ts';
import { iconless } from '../../host/shownText.ts';
import { checkLimits } from '../runCheck.ts';
import type { MatrixQuestion } from './askMatrix.ts';

/**
 * Makes a matrix; the panel that follows `runs` shows it grow and can stop it. What is there when the user stops it is
 * kept. Nothing is asked where a container has no tool: a matrix changes nothing.
 * @throws ExplainedError where the user may not run programs in a namespace.
 */
export async function runMatrix(
  cluster: Cluster,
  runs: MatrixRuns,
  { title, plan, asked }: MatrixQuestion,
): Promise<MatrixRun> {
  const namespaces = [...new Set(plan.rows.map(({ from }) => from.namespace))];
  await mayOrExplain(cluster, ...namespaces.map((namespace) => needs.exec(namespace)));
  const { connection } = cluster;
  const batch = batchOf(cluster);
  const controller = new AbortController();
  const meta = {
    title,
    context: connection.context.name,
    simulated: connection.isPracticeLab === true,
    asked,
  };
  const growing = runs.begin(plan, meta, () => controller.abort());
  const work = async (): Promise<MatrixRun> => {
    try {
      await checkMatrix(
        batch,
        plan.rows,
        checkLimits(),
        (records) => growing.add(records),
        controller.signal,
      );
    } catch (error) {
      if (isCancellation(error)) return growing.end('cancelled');
      growing.end('failed');
      throw error;
    }
    return growing.end('done');
  };
  const location = vscode.ProgressLocation.Window;
  const label = vscode.l10n.t('Testing {0}', iconless(title, 80));
  return Promise.resolve(vscode.window.withProgress({ location, title: label }, work));
}

/** Many checks by one exec a container. */
export function batchOf({ exec, checker, connection }: Cluster): BatchChecker {
  const imageOf = ({ namespace, pod, container }: ContainerRef): string | undefined => {
    const found = connection.snapshot.get('Pod', namespace, pod);
    const image = found?.containers.find(({ name }) => name === container)?.image;
    return image === '' ? undefined : image;
  };
  return new BatchChecker(exec, checker, { imageOf });
}
