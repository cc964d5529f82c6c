import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { MatrixRun } from '../../probe/matrix/run.ts';
import type { MatrixRuns } from '../../probe/matrix/runs.ts';
import type { SmokeResult } from '../../probe/smoke/run.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands } from '../host/ids.ts';
import { openCluster } from '../host/openCluster.ts';
import { pick } from '../host/pickOne.ts';
import { say } from '../host/say.ts';
import type { Session } from '../host/session.ts';
import { SmokeProblems } from './smoke/smokeProblems.ts';

/** Registers the commands that make many checks at once: matrices, and the checks of a podnet.yaml. */
export function registerSets(parts: {
  readonly registry: CommandRegistry;
  readonly session: Session;
  readonly matrixRuns: MatrixRuns;
}): Disposable {
  const { registry, session, matrixRuns } = parts;
  const store = new DisposableStore();
  const problems = store.add(new SmokeProblems());

  registry.register(commands.testMatrix, async (argument) => {
    const [{ askMatrix }, { runMatrix }] = await Promise.all([
      import('./matrix/askMatrix.ts'),
      import('./matrix/runMatrix.ts'),
    ]);
    const cluster = await openCluster(session);
    const watch = cluster.connection.watch();
    try {
      const run = await runMatrix(cluster, matrixRuns, await askMatrix(cluster.connection, argument));
      return run.id;
    } finally {
      watch.dispose();
    }
  });
  registry.register(commands.exportMatrix, async (argument) => {
    const run = await chosenRun(matrixRuns, argument);
    await exportRun(run, matrixRuns);
  });
  registry.register(commands.runChecksFile, async (argument) => {
    const [{ findSmokeFile }, { runSmokeFile }] = await Promise.all([
      import('./smoke/findSmokeFile.ts'),
      import('./smoke/runSmokeFile.ts'),
    ]);
    const document = await findSmokeFile(argument);
    const cluster = await openCluster(session);
    // What is otherwise is marked in the file, on its line; the panel opens beside it.
    await vscode.window.showTextDocument(document, { preserveFocus: true, preview: false });
    const results = await runSmokeFile(session, cluster, document, problems, matrixRuns);
    tellProblems(results);
    return results.map(({ check, is }) => ({ name: check.name, is }));
  });
  return store;
}

/** Points at the Problems view, whose entries lead to the lines. Resolves before it is answered. */
function tellProblems(results: readonly SmokeResult[]): void {
  const wrong = results.filter(({ is }) => is !== 'passed').length;
  if (wrong === 0) return;
  const open = vscode.l10n.t('Show Problems');
  const text = vscode.l10n.t('{0} of {1} checks are not as expected.', wrong, results.length);
  void Promise.resolve(vscode.window.showWarningMessage(text, open)).then((answer) =>
    answer === open ? vscode.commands.executeCommand('workbench.actions.view.problems') : undefined,
  );
}

/** The run a command is about: by its id, the only one, or the one chosen. */
async function chosenRun(runs: MatrixRuns, argument: unknown): Promise<MatrixRun> {
  const known = typeof argument === 'string' ? runs.get(argument) : undefined;
  if (known !== undefined) return known;
  const [only, ...others] = runs.runs;
  if (only !== undefined && others.length === 0) return only;
  return pick({
    title: vscode.l10n.t('Export Matrix'),
    placeholder: vscode.l10n.t('Which run?'),
    nothing: vscode.l10n.t('No matrix was made yet'),
    load: () =>
      Promise.resolve(
        runs.runs.map((run) => ({
          label: run.title,
          description: new Date(run.startedAt).toLocaleTimeString(),
          value: run,
        })),
      ),
  });
}

async function exportRun(run: MatrixRun, runs: MatrixRuns): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Matrix'),
    filters: { Markdown: ['md'], CSV: ['csv'], JSON: ['json'] },
    saveLabel: vscode.l10n.t('Export'),
  });
  if (target === undefined) return;
  const [{ matrixCsv, matrixJson, matrixMarkdown }, { compareRuns }] = await Promise.all([
    import('../../probe/matrix/export.ts'),
    import('../../probe/matrix/compare.ts'),
  ]);
  const before = runs.before(run);
  const text = target.path.endsWith('.csv')
    ? matrixCsv(run)
    : target.path.endsWith('.json')
      ? matrixJson(run)
      : matrixMarkdown(run, before && compareRuns(before, run), say);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
