import * as vscode from 'vscode';
import type { ClusterConnection } from '../../../model/connection.ts';
import type { Ref } from '../../../model/refs.ts';
import type { ServiceBy } from '../../../probe/serviceBy.ts';
import { pick, type Choice } from '../../host/pickOne.ts';
import type { CheckQuestion } from '../checkEntry.ts';
import { typedAddress } from './address.ts';
import { checkArgument } from './argument.ts';
import { questionsFor } from './questions.ts';

interface Published {
  readonly to: Ref;
  readonly by: ServiceBy;
}

/**
 * Asks what is to be reached from this machine: a service that is published, or any address.
 * @throws CancelledError when the user turns away; ExplainedError.
 */
export async function askFromHere(
  connection: ClusterConnection,
  argument: unknown,
): Promise<readonly CheckQuestion[]> {
  const { to, by } = checkArgument(argument);
  const title = vscode.l10n.t('Test from This Machine');
  const snapshot = await connection.whenRead(new AbortController().signal);
  const service = to?.is === 'service' ? snapshot.get('Service', to.namespace, to.name) : undefined;
  if (to !== undefined) {
    const way =
      by ??
      (service?.type === 'LoadBalancer' && service.loadBalancer.length > 0 ? 'load-balancer' : 'node-port');
    return questionsFor(connection, 'outside', to, { serviceBy: way });
  }
  const other = 'other';
  const chosen = await pick<Published | typeof other>({
    title,
    placeholder: vscode.l10n.t('What is to be reached from this machine?'),
    nothing: vscode.l10n.t('Nothing is published'),
    load: async (signal) => [
      ...published(await connection.whenRead(signal)),
      { label: vscode.l10n.t('Another address …'), icon: 'globe', value: other },
    ],
  });
  if (chosen === other) return questionsFor(connection, 'outside', await typedAddress(title));
  return questionsFor(connection, 'outside', chosen.to, { serviceBy: chosen.by });
}

function published(snapshot: ClusterConnection['snapshot']): readonly Choice<Published>[] {
  return snapshot.all('Service').flatMap((service) => {
    const { namespace, name, ports, loadBalancer, type } = service;
    const to: Ref = { is: 'service', namespace, name };
    const nodePorts = ports.flatMap(({ nodePort }) => nodePort ?? []);
    return [
      ...(nodePorts.length > 0
        ? [
            {
              label: name,
              description: vscode.l10n.t('node port {0} · {1}', nodePorts.join(', '), namespace),
              icon: 'server',
              value: { to, by: 'node-port' as const },
            },
          ]
        : []),
      ...(type === 'LoadBalancer'
        ? [
            {
              label: name,
              description: vscode.l10n.t(
                'load balancer {0} · {1}',
                loadBalancer.join(', ') || vscode.l10n.t('pending'),
                namespace,
              ),
              icon: 'globe',
              value: { to, by: 'load-balancer' as const },
            },
          ]
        : []),
    ];
  });
}
