import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { Pod } from '../../model/objects.ts';
import { formatRef } from '../../model/refs.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import type { CheckTarget } from '../../probe/check.ts';
import type { CheckQuestion } from './checkEntry.ts';

/**
 * The question "does this container reach that pod on that port".
 * @throws ExplainedError where the pod has no IP.
 */
export function podQuestion(
  connection: ClusterConnection,
  from: ContainerRef,
  pod: Pod,
  port: number,
): CheckQuestion {
  const [host] = pod.ips;
  if (host === undefined) {
    throw new ExplainedError('no-ip', vscode.l10n.t('The pod {0} has no IP yet', pod.name), {
      remedy: vscode.l10n.t('It gets one when its node has set up its network.'),
    });
  }
  const target: CheckTarget = {
    ref: formatRef({ is: 'pod', namespace: pod.namespace, name: pod.name, port }),
    host,
    port,
    scheme: schemeOf(pod, port),
    path: '/',
  };
  return {
    from,
    target,
    targetPod: { namespace: pod.namespace, name: pod.name },
    context: connection.context.name,
    simulated: connection.isPracticeLab === true,
  };
}

/** What is asked over the port: the service behind it as far as its name or number tells. */
function schemeOf(pod: Pod, port: number): CheckTarget['scheme'] {
  const name = pod.containers.flatMap(({ ports }) => ports).find((each) => each.port === port)?.name ?? '';
  if (/^https(-|$)/.test(name) || [443, 6443, 8443].includes(port)) return 'https';
  return /^http(-|$)/.test(name) || !notHttp.has(port) ? 'http' : 'tcp';
}

/** Ports of well-known services that an HTTP request would only confuse. */
const notHttp = new Set([21, 22, 25, 53, 1433, 1521, 3306, 5432, 5672, 6379, 9042, 9092, 11211, 27017]);
