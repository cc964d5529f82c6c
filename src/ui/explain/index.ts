import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands, panelTypes } from '../host/ids.ts';
import { openCluster } from '../host/openCluster.ts';
import type { ProbedConnections } from '../host/probedConnections.ts';
import type { Session } from '../host/session.ts';
import type { PanelKind } from '../panels/panel.ts';
import { Panels } from '../panels/panels.ts';
import { readExplainMessage, type ExplainContent, type ExplainMessage } from '../panels/protocol/explain.ts';
import type { Explanation, ExplanationPanel, ExplanationParts } from './explanation.ts';
import { readKeptExplanation, type KeptExplanation } from './kept.ts';
import { ObjectDocuments } from './objectDocuments.ts';
import { pageStrings } from './pageStrings.ts';
import { PendingFixes } from './pendingFixes.ts';
import { PolicyPreviews } from './policyPreviews.ts';
import { titleOf } from './titles.ts';

const kind: PanelKind<ExplainMessage> = {
  viewType: panelTypes.explain,
  icon: 'lightbulb',
  page: 'explain',
  strings: pageStrings,
  readMessage: readExplainMessage,
};

/** Registers "Explain Connection" and its panels. What finds the answers is loaded when first asked. */
export function registerExplain(parts: {
  readonly commands: CommandRegistry;
  readonly session: Session;
  readonly log: vscode.LogOutputChannel;
  readonly probed: ProbedConnections;
  readonly extensionUri: vscode.Uri;
}): Disposable {
  const { commands: registry, session, log, probed, extensionUri } = parts;
  const store = new DisposableStore();
  const documents = store.add(new ObjectDocuments());
  const pending = store.add(new PendingFixes());
  const inner: ExplanationParts = {
    session,
    documents,
    pending,
    log,
    probed,
    docs: vscode.Uri.joinPath(extensionUri, 'docs'),
  };
  const explanations = new Map<ExplanationPanel, Explanation>();
  const adopt = async (panel: ExplanationPanel, kept: KeptExplanation): Promise<Explanation> => {
    const { Explanation: Made } = await import('./explanation.ts');
    const explanation = new Made(panel, kept, inner);
    explanations.set(panel, explanation);
    panel.onDidDispose(() => explanations.delete(panel));
    return explanation;
  };
  const panels: Panels<ExplainContent, ExplainMessage> = store.add(
    new Panels(
      kind,
      { extensionUri, log },
      (state) => {
        const kept = readKeptExplanation(state, cutShort);
        if (kept === undefined) return undefined;
        return { title: titleOf(kept.question), content: kept.content, state: kept };
      },
      (panel) => {
        adopt(panel, panel.model.state as KeptExplanation).catch((error: unknown) =>
          log.error(`A report could not be given back: ${messageOf(error)}`),
        );
      },
    ),
  );

  store.add(new PolicyPreviews(registry, session, log));
  registry.register(commands.whoCanReach, async (pod) => {
    const { showReach } = await import('./showReach.ts');
    return showReach(session, documents, 'in', pod);
  });
  registry.register(commands.whatCanReach, async (pod) => {
    const { showReach } = await import('./showReach.ts');
    return showReach(session, documents, 'out', pod);
  });
  registry.register(commands.applyFix, (uri) => pending.decide(uri, true));
  registry.register(commands.discardFix, (uri) => pending.decide(uri, false));
  registry.register(commands.explainConnection, async (argument) => {
    const { askQuestion, explainArgument, emptyContent, sameQuestion, workspaceWorld } =
      await import('./asking.ts');
    const known = explainArgument(argument);
    const cluster = known.files === true ? undefined : await openCluster(session);
    const watch = cluster?.connection.watch();
    const asked = {
      context: cluster?.context.name,
      read: async (signal: AbortSignal) =>
        cluster?.connection.whenRead(signal) ?? (await workspaceWorld(signal)).snapshot,
    };
    try {
      const question = await askQuestion(asked, known);
      const open = [...explanations.values()].find((each) => sameQuestion(each.question, question));
      if (open !== undefined) {
        open.reveal();
        await open.run(question.probe);
        return open.answer;
      }
      const content = emptyContent(question, cluster?.connection.isPracticeLab === true);
      const kept: KeptExplanation = { question, content };
      const explanation = await adopt(
        panels.create({ title: titleOf(question), content, state: kept }),
        kept,
      );
      await explanation.run();
      return explanation.answer;
    } finally {
      watch?.dispose();
    }
  });
  return store;
}

/** A report whose window went away before the answer came. */
function cutShort(content: ExplainContent): ExplainContent {
  return {
    ...content,
    verdict: 'stopped',
    headline: vscode.l10n.t('Cut short'),
    sentence: vscode.l10n.t('The window was reloaded before the answer came.'),
    can: { runAgain: true, probe: true, copy: false },
  };
}
