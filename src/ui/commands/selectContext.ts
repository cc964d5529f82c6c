import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { pick, type Choice } from '../host/pickOne.ts';
import type { Session } from '../host/session.ts';

type Target = { readonly is: 'lab' } | { readonly is: 'context'; readonly name: string };

/** Asks for a context of the kubeconfig, or the practice lab, and shows it. The kubeconfig stays as it is. */
export async function selectContext(session: Session): Promise<void> {
  const target = await pick<Target>({
    title: vscode.l10n.t('Select Context'),
    placeholder: vscode.l10n.t('Choose the cluster to show; the kubeconfig is not changed'),
    nothing: '',
    load: () => choices(session),
  });
  if (target.is === 'lab') await session.useLab();
  else await session.useContext(target.name);
}

async function choices(session: Session): Promise<readonly Choice<Target>[]> {
  const contexts = await session.contexts();
  const shown =
    session.state.is === 'open' && !session.state.ownLab ? session.state.cluster.context.name : '';
  const lab: Choice<Target> = {
    label: vscode.l10n.t('Practice lab'),
    description: vscode.l10n.t('simulated, on this machine'),
    icon: 'beaker',
    group: vscode.l10n.t('without a cluster'),
    value: { is: 'lab' },
  };
  switch (contexts.is) {
    case 'none':
      return [lab];
    case 'broken':
      throw new ExplainedError('broken-kubeconfig', contexts.message, { remedy: contexts.remedy });
    case 'read':
      return [
        ...contexts.contexts.map((context): Choice<Target> => {
          const marks = [
            context.name === shown ? vscode.l10n.t('shown now') : '',
            context.name === contexts.current ? vscode.l10n.t("kubectl's current context") : '',
          ];
          return {
            label: context.name,
            description: marks.filter(Boolean).join(' · '),
            detail: `${context.server} · ${context.user}`,
            icon: context.name === shown ? 'check' : 'server-environment',
            group: context.file,
            value: { is: 'context', name: context.name },
          };
        }),
        lab,
      ];
  }
}
