import * as vscode from 'vscode';
import { ExplainedError } from '../../../base/errors.ts';
import type { ClusterConnection } from '../../../model/connection.ts';
import type { Service } from '../../../model/objects.ts';
import type { ServiceBy } from '../../../probe/serviceBy.ts';
import type { Choice } from '../../host/pickOne.ts';
import { serviceChoices } from '../../host/podChoices.ts';
import { pickStep, walk, type Step } from '../../host/steps.ts';
import type { CheckQuestion } from '../checkEntry.ts';
import { checkArgument, type ServiceRef } from './argument.ts';
import { questionsFor } from './questions.ts';
import { sourceStep } from './source.ts';

/**
 * Asks what is missing of "does this container reach that service, in this way".
 * @throws CancelledError when the user turns away; ExplainedError.
 */
export async function askService(
  connection: ClusterConnection,
  argument: unknown,
): Promise<readonly CheckQuestion[]> {
  const title = vscode.l10n.t('Test Service');
  const known = checkArgument(argument);
  const { answer: source, steps } = await sourceStep(connection, title, known.from);
  let to: ServiceRef | undefined = known.to?.is === 'service' ? known.to : undefined;
  let { by } = known;
  const all: Step[] = [...steps];
  if (to === undefined) {
    const ask = {
      title,
      placeholder: vscode.l10n.t('To which service?'),
      nothing: vscode.l10n.t('There is no service'),
      load: async (signal: AbortSignal) => serviceChoices(await connection.whenRead(signal)),
    };
    all.push(pickStep(ask, ({ namespace, name }: Service) => (to = { is: 'service', namespace, name })));
  }
  if (by === undefined) {
    const ask = {
      title,
      placeholder: vscode.l10n.t('How is it to be asked?'),
      nothing: vscode.l10n.t('There is no way to ask this service'),
      load: async (signal: AbortSignal) => {
        const snapshot = await connection.whenRead(signal);
        const service = to && snapshot.get('Service', to.namespace, to.name);
        return service === undefined ? [] : waysOf(service, source.value?.namespace);
      },
    };
    all.push(pickStep(ask, (value) => (by = value)));
  }
  await walk(all);
  if (source.value === undefined || to === undefined || by === undefined) {
    throw new ExplainedError('question-incomplete', vscode.l10n.t('Source, service and way are needed'));
  }
  await connection.whenRead(new AbortController().signal);
  return questionsFor(connection, source.value, to, { serviceBy: by });
}

/** The ways that a service of this kind has. */
function waysOf(service: Service, from: string | undefined): readonly Choice<ServiceBy>[] {
  const { name, namespace, headless, type } = service;
  const external = type === 'ExternalName';
  const published = type === 'NodePort' || type === 'LoadBalancer';
  const choice = (value: ServiceBy, label: string, description: string, icon: string): Choice<ServiceBy> => ({
    value,
    label,
    description,
    icon,
  });
  return [
    ...(headless || external
      ? []
      : [choice('ip', vscode.l10n.t('Cluster IP'), service.clusterIPs.join(', '), 'symbol-numeric')]),
    ...(external ? [choice('ip', vscode.l10n.t('External name'), service.externalName, 'globe')] : []),
    choice(
      'short',
      vscode.l10n.t('Short name'),
      from === namespace ? name : `${name}.${namespace}`,
      'symbol-text',
    ),
    choice('full', vscode.l10n.t('Full name'), `${name}.${namespace}.svc.cluster.local`, 'symbol-string'),
    ...(external
      ? []
      : [
          choice(
            'endpoints',
            vscode.l10n.t('Each endpoint alone'),
            vscode.l10n.t('past the service'),
            'list-tree',
          ),
        ]),
    ...(headless
      ? [
          choice(
            'pod-names',
            vscode.l10n.t('The name of each pod'),
            `POD.${name}.${namespace}.svc.…`,
            'layers',
          ),
        ]
      : []),
    ...(published
      ? [choice('node-port', vscode.l10n.t('Node port'), vscode.l10n.t('on every node'), 'server')]
      : []),
    ...(type === 'LoadBalancer'
      ? [choice('load-balancer', vscode.l10n.t('Load balancer'), service.loadBalancer.join(', '), 'globe')]
      : []),
  ];
}
