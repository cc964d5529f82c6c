import type { MapNode } from '../../manifest/node.ts';
import { replaceFix } from '../edits.ts';
import { headerNameProblem, portProblem } from '../formats.ts';
import { firstOf, integerOf, isSet, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { portsOf } from './containerPorts.ts';
import type { ContainerView } from '../podView.ts';
import { probesOf } from './probeViews.ts';

/** The port of a probe or lifecycle handler: a port, or a possible port name. */
export const handlerPort: Rule = {
  code: 'handler-port',
  title: 'The port of a probe or hook is missing or not possible',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    for (const { node, container, kind } of probesOf(context.pod))
      checkHandlers(node, container, kind, context);
    for (const container of context.pod?.containers ?? []) {
      for (const hook of ['postStart', 'preStop']) {
        const node = mapOf(mapOf(container.node.get('lifecycle'))?.get(hook));
        if (node) checkHandlers(node, container, hook, context);
      }
    }
  },
};

function checkHandlers(
  node: MapNode,
  container: ContainerView,
  title: string,
  { report }: RuleContext,
): void {
  for (const handler of ['httpGet', 'tcpSocket', 'grpc']) {
    const entry = node.entry(handler);
    const action = mapOf(entry?.value);
    if (entry === undefined || action === undefined) continue;
    for (const header of mapsOf(action.get('httpHeaders'))) {
      const name = textOf(header.get('name'));
      const problem = name === undefined ? undefined : headerNameProblem(name);
      if (problem !== undefined)
        report(placeOf(header, 'name'), `The header name "${name ?? ''}" ${problem}.`);
    }
    const port = action.get('port');
    const value = integerOf(port) ?? textOf(port);
    if (!isSet(port)) {
      const known = portsOf(container)
        .map((each) => each.number)
        .filter((number) => number !== undefined);
      const sample = known.length > 0 ? `, such as ${known.join(' or ')}` : '';
      report(
        action.entry('port')?.key ?? (action.entries.length > 0 ? firstOf(action) : entry.key),
        `The ${handler} of this ${title} has no port. Add "port:"${sample}.`,
      );
      continue;
    }
    const problem = value === undefined ? undefined : portProblem(value);
    if (problem === undefined || value === undefined) continue;
    const at = placeOf(action, 'port');
    const number = typeof value === 'string' && /^\d+$/.test(value);
    report(
      at,
      number
        ? `In quotes, ${value} is a port name, and a port name needs a letter. Write the number without quotes.`
        : typeof value === 'string'
          ? `"${value}" cannot be a port name: it ${problem}.`
          : `${value} ${problem}.`,
      {
        fixes: number ? [replaceFix(`Write ${value}`, at, value, true)] : [],
      },
    );
  }
}
