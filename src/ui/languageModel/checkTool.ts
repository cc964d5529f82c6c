import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { markdownText } from '../../base/hostileText.ts';
import { parseRef } from '../../model/refs.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { planTargets } from '../../probe/plan.ts';
import { configuration } from '../host/configuration.ts';
import { runningContainers } from '../host/podChoices.ts';
import { readWidely } from '../host/readWidely.ts';
import { required, type Tool, type ToolParts } from './tool.ts';

/** A Service may stand for several addresses; each is a command that runs. */
const mostTargets = 4;

/** `podnet_check`: whether a container reaches something, by a request from inside it. */
export function checkTool({ session }: ToolParts): Tool {
  return {
    name: 'podnet_check',
    saying: (input) => vscode.l10n.t('Checking {0} → {1}', required(input, 'from'), required(input, 'to')),
    asks: (input) =>
      vscode.l10n.t(
        'Runs a request with curl, wget or what else is there, inside {0}, to {1}: at most {2} commands. Nothing is changed.',
        markdownText(required(input, 'from')),
        markdownText(required(input, 'to')),
        mostTargets,
      ),
    run: async (input, signal) => {
      const from = required(input, 'from');
      const to = required(input, 'to');
      const ref = parseRef(to);
      const cluster = await session.cluster();
      const namespaces = [parseRef(from), ref].flatMap((each) =>
        'namespace' in each ? [each.namespace] : [],
      );
      const reading = await readWidely(session, cluster, namespaces, signal);
      try {
        const { snapshot } = reading.world;
        const source = containerOf(snapshot, from);
        const { targets, notes } = planTargets(ref, snapshot, { from: source });
        const records = [];
        for (const target of targets.slice(0, mostTargets)) {
          const request = {
            from: source,
            target,
            connectTimeoutSeconds: configuration.connectTimeoutSeconds(),
            timeoutSeconds: configuration.timeoutSeconds(),
          };
          records.push(await reading.cluster.checker.check(request, signal));
        }
        return {
          context: cluster.context.name,
          simulated: cluster.connection.isPracticeLab === true,
          notes: notes.map(({ text }) => text),
          ...(targets.length > mostTargets && { notChecked: targets.length - mostTargets }),
          records,
        };
      } finally {
        reading.dispose();
      }
    },
  };
}

function containerOf(snapshot: Snapshot, text: string): ContainerRef {
  const ref = parseRef(text);
  const pod = ref.is === 'pod' ? snapshot.get('Pod', ref.namespace, ref.name) : undefined;
  if (ref.is !== 'pod' || pod === undefined) {
    throw new ExplainedError('no-source', vscode.l10n.t('"{0}" is no pod of this cluster', text), {
      remedy: vscode.l10n.t('Write pod/NAMESPACE/NAME.'),
    });
  }
  const running = runningContainers(pod);
  const container =
    ref.container === undefined ? running[0] : running.find(({ name }) => name === ref.container);
  if (container === undefined) {
    throw new ExplainedError(
      'nothing-runs',
      vscode.l10n.t('No container of the pod {0} is running', pod.name),
    );
  }
  return { namespace: pod.namespace, pod: pod.name, container: container.name };
}
