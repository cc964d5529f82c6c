import * as vscode from 'vscode';
import { markdownText } from '../../base/hostileText.ts';
import type { Json } from '../../model/json.ts';
import type { Protocol } from '../../model/objects.ts';
import { parseWorkloadRef } from '../../reach/podNamed.ts';
import { lookAt } from '../../trace/look.ts';
import { probeAlong } from '../../trace/probe.ts';
import { resolveQuestion } from '../../trace/question.ts';
import { explain } from '../../trace/trace.ts';
import { readWidely } from '../host/readWidely.ts';
import { badInput, optionalFlag, optionalText, required, type Tool, type ToolParts } from './tool.ts';

/** `podnet_trace`: why a connection works or not, by the objects and, if the user agrees, by probes. */
export function traceTool({ session }: ToolParts): Tool {
  return {
    name: 'podnet_trace',
    saying: (input) => vscode.l10n.t('Following {0} → {1}', required(input, 'from'), required(input, 'to')),
    asks: (input) =>
      probes(input)
        ? vscode.l10n.t(
            'Runs requests with curl, wget or what else is there inside {0} and inside up to 3 pods behind {1}, and reads their /proc/net/tcp. Nothing is changed.',
            markdownText(required(input, 'from')),
            markdownText(required(input, 'to')),
          )
        : undefined,
    run: async (input, signal) => {
      const from = required(input, 'from');
      const to = required(input, 'to');
      const protocol = protocolOf(input);
      const cluster = await session.cluster();
      const namespaces = [from, to]
        .filter((text) => text !== 'outside')
        .map(parseWorkloadRef)
        .flatMap((ref) => ('namespace' in ref ? [ref.namespace] : []));
      const reading = await readWidely(session, cluster, namespaces, signal);
      try {
        const question = resolveQuestion(reading.world, from, to, protocol);
        const view = lookAt(reading.world, question);
        const found =
          probes(input) && protocol === 'TCP' ? await probeAlong(view, reading.cluster, signal) : undefined;
        return {
          context: cluster.context.name,
          simulated: cluster.connection.isPracticeLab === true,
          ...explain(lookAt(reading.world, question, found)),
        };
      } finally {
        reading.dispose();
      }
    },
  };
}

function probes(input: Json): boolean {
  return optionalFlag(input, 'probe');
}

/** @throws ExplainedError where it is none: an answer about another protocol would mislead. */
function protocolOf(input: Json): Protocol {
  const protocol = (optionalText(input, 'protocol') ?? 'TCP').toUpperCase();
  if (protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP') return protocol;
  throw badInput(vscode.l10n.t('The protocol "{0}" is none of TCP, UDP, SCTP', protocol));
}
