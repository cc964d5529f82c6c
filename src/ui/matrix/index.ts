import * as vscode from 'vscode';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { sameQuestion } from '../../probe/matrix/runs.ts';
import type { MatrixRun } from '../../probe/matrix/run.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands, panelTypes } from '../host/ids.ts';
import type { MatrixMaker } from '../host/matrixMaker.ts';
import { pick } from '../host/pickOne.ts';
import type { Session } from '../host/session.ts';
import type { PanelKind } from '../panels/panel.ts';
import { Panels } from '../panels/panels.ts';
import { readMatrixMessage, type MatrixContent, type MatrixMessage } from '../panels/protocol/matrix.ts';
import { contentOf, emptyContent } from './content.ts';
import { keptOf, readKeptMatrix, type KeptMatrix } from './kept.ts';
import { MatrixView, type MatrixPanel } from './matrixView.ts';
import { pageStrings } from './pageStrings.ts';
import { RunFiles } from './runFiles.ts';

const kind: PanelKind<MatrixMessage> = {
  viewType: panelTypes.matrix,
  icon: 'table',
  page: 'matrix',
  strings: pageStrings,
  readMessage: readMatrixMessage,
};

/** The open matrices, as tests see and use them. */
export interface MatrixViews {
  readonly open: readonly MatrixView[];
}

/** Registers the panels that show matrices: one opens with each new question, and shows the runs of that question. */
export function registerMatrix(parts: {
  readonly commands: CommandRegistry;
  readonly session: Session;
  readonly maker: MatrixMaker;
  readonly log: vscode.LogOutputChannel;
  readonly extensionUri: vscode.Uri;
  /** Where runs are kept. */
  readonly storage: vscode.Uri;
}): Disposable & MatrixViews {
  const { session, maker, log, extensionUri } = parts;
  const { runs } = maker;
  const store = new DisposableStore();
  const files = new RunFiles(vscode.Uri.joinPath(parts.storage, 'matrix'), log);
  const views = new Map<MatrixPanel, MatrixView>();
  const known = new Set<string>();
  let reading: Promise<void> | undefined;

  /** Takes over what earlier windows kept, once. */
  const readEarlier = (): Promise<void> => {
    reading ??= files.read().then((earlier) => {
      for (const { id } of earlier) known.add(id);
      runs.adopt(earlier);
    });
    return reading;
  };
  const adopt = (panel: MatrixPanel, kept: KeptMatrix): MatrixView => {
    const view = new MatrixView(panel, kept, { session, maker, log });
    views.set(panel, view);
    panel.onDidDispose(() => views.delete(panel));
    return view;
  };
  const panels: Panels<MatrixContent, MatrixMessage> = store.add(
    new Panels(
      kind,
      { extensionUri, log },
      (state) => {
        const kept = readKeptMatrix(state);
        return kept && { title: titleOf(kept), content: emptyContent(kept.title, 'reading'), state: kept };
      },
      (panel) => {
        const view = adopt(panel, panel.model.state as KeptMatrix);
        const giveBack = (): void => {
          const run = runs.get(view.kept.id);
          if (run === undefined) view.showGone();
          else view.show(run);
        };
        readEarlier().then(giveBack, (error: unknown) => {
          log.error(`A matrix could not be given back: ${messageOf(error)}`);
          view.showGone();
        });
      },
    ),
  );

  const open = (run: MatrixRun): void => {
    const same = [...views.values()].find(({ kept }) => sameQuestion(kept, run));
    if (same !== undefined) {
      same.show(run);
      same.reveal();
      return;
    }
    const kept = keptOf(run);
    // The checks of a file stand beside it.
    const beside = run.asked !== undefined && 'file' in run.asked;
    const model = { title: titleOf(run), content: contentOf(run, undefined), state: kept };
    const panel = panels.create(model, beside);
    adopt(panel, kept).show(run);
  };

  store.add(
    runs.onDidChange((run) => {
      if (run.state !== 'running') {
        files.write(run).catch((error: unknown) => {
          log.warn(`A matrix could not be kept for the next window: ${messageOf(error)}`);
        });
      }
      if (!known.has(run.id)) {
        known.add(run.id);
        // For the comparison with the run before, which may be an earlier window's.
        readEarlier().catch((error: unknown) => {
          log.warn(`Earlier matrices could not be read: ${messageOf(error)}`);
        });
        open(run);
        return;
      }
      for (const view of views.values()) if (view.kept.id === run.id) view.follow(run);
    }),
  );

  parts.commands.register(commands.showMatrix, async () => {
    await readEarlier();
    const [only, ...others] = runs.runs;
    if (only === undefined) {
      throw new ExplainedError('no-run', vscode.l10n.t('No matrix was made yet'), {
        remedy: vscode.l10n.t('Run "Test Matrix" first.'),
      });
    }
    open(others.length === 0 ? only : await chosen(runs.runs));
  });
  return {
    get open() {
      return [...views.values()];
    },
    dispose: () => store.dispose(),
  };
}

function titleOf({ title }: { readonly title: string }): string {
  return vscode.l10n.t('Matrix: {0}', title);
}

function chosen(runs: readonly MatrixRun[]): Promise<MatrixRun> {
  return pick({
    title: vscode.l10n.t('Show Matrix'),
    placeholder: vscode.l10n.t('Which run?'),
    nothing: vscode.l10n.t('No matrix was made yet'),
    load: () =>
      Promise.resolve(
        runs.map((run) => ({
          label: run.title,
          description: `${run.context} · ${new Date(run.startedAt).toLocaleString()}`,
          icon: 'table',
          value: run,
        })),
      ),
  });
}
