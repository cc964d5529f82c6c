import * as vscode from 'vscode';
import { oneLine } from '../../../base/hostileText.ts';
import { podTemplateOf } from '../../../manifest/links/mentionsOf.ts';
import { toJson } from '../../../manifest/node.ts';
import { record, strings } from '../../../model/json.ts';
import { kinds } from '../../../model/objects.ts';
import { selects } from '../../../model/selector.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import type { RevealedObject } from '../../host/revealObject.ts';
import { linkless } from '../../host/shownText.ts';
import type { ApplyParts } from './applyActions.ts';
import type { Result } from './carryOut.ts';
import { titleOf } from './plan.ts';

/** How long is waited for an applied object, or its first pod, to come by the watch, in milliseconds. */
const patience = 8_000;

interface Parts extends ApplyParts {
  readonly cluster: Cluster;
  /** Documents that were never sent; lines from 0. */
  readonly notSent: readonly { readonly line: number; readonly why: string }[];
}

/** Says of each object what came of it, and shows the first that was applied in the cluster view. */
export async function tellResults(results: readonly Result[], parts: Parts): Promise<void> {
  const { cluster, log, notSent } = parts;
  const lines = [
    ...results.map((result) => `${titleOf(result.name)}: ${outcomeOf(result)}`),
    ...notSent.map(({ line, why }) => vscode.l10n.t('Line {0}: not sent. {1}', line + 1, why)),
  ];
  for (const line of lines)
    log.info(vscode.l10n.t('Apply to context {0}: {1}', cluster.context.name, oneLine(line, 1_000)));
  const applied = results.filter(({ is }) => is === 'applied');
  const isWhole = applied.length === results.length && notSent.length === 0;
  const summary = isWhole
    ? vscode.l10n.t('Applied to context {0}: {1}', cluster.context.name, lines.join(' · '))
    : vscode.l10n.t(
        'Applied {0} of {1} to context {2}: {3}',
        applied.length,
        results.length + notSent.length,
        cluster.context.name,
        lines.join(' · '),
      );
  const warned = results.some((result) => result.is === 'applied' && result.warnings.length > 0);
  const say = isWhole && !warned ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void say(linkless(summary, 2_000));
  const shown = applied.find(({ name }) => name.kind !== 'Namespace') ?? applied[0];
  if (shown !== undefined) await revealWhenThere(shown, parts);
}

function outcomeOf(result: Result): string {
  switch (result.is) {
    case 'applied': {
      const done = result.created ? vscode.l10n.t('created') : vscode.l10n.t('applied');
      return result.warnings.length === 0
        ? done
        : vscode.l10n.t('{0}, with a warning: {1}', done, result.warnings.join('; '));
    }
    case 'failed':
      return vscode.l10n.t('failed: {0}', result.message);
    case 'left':
      return vscode.l10n.t(
        'left as it is; others manage {0}',
        result.conflicts.map(({ field }) => field).join(', '),
      );
    case 'cancelled':
      return vscode.l10n.t('cancelled');
  }
}

/** The watch brings new objects a moment later; a workload is shown by its first pod. */
async function revealWhenThere({ name, source }: Result, { cluster, reveal }: Parts): Promise<void> {
  const template = source && podTemplateOf(source);
  const labels = strings(record(toJson(template?.get('metadata'))).labels);
  const kind = kinds.find((each) => each === name.kind);
  const look = (): RevealedObject | undefined => {
    const { snapshot } = cluster.connection;
    if (kind !== undefined) return snapshot.get(kind, name.namespace, name.name) && name;
    if (template === undefined || Object.keys(labels).length === 0) return undefined;
    const pod = snapshot.inNamespace('Pod', name.namespace).find((each) => selects(labels, each.labels));
    return pod && { kind: 'Pod', namespace: pod.namespace, name: pod.name };
  };
  if (kind === undefined && template === undefined) return;
  const watch = cluster.connection.watch();
  try {
    const found = look() ?? (await nextThat(cluster, look));
    if (found !== undefined) await reveal(found);
  } finally {
    watch.dispose();
  }
}

function nextThat<T>(cluster: Cluster, look: () => T | undefined): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(undefined), patience);
    const subscription = cluster.connection.onDidChange(() => {
      const found = look();
      if (found !== undefined) finish(found);
    });
    const finish = (found: T | undefined): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(found);
    };
  });
}
