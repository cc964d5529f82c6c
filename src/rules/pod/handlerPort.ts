import { t } from '../../base/l10n.ts';
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
        report(placeOf(header, 'name'), t('The header name "{0}" {1}.', name ?? '', problem));
    }
    const port = action.get('port');
    const value = integerOf(port) ?? textOf(port);
    if (!isSet(port)) {
      const known = portsOf(container)
        .map((each) => each.number)
        .filter((number) => number !== undefined);
      report(
        action.entry('port')?.key ?? (action.entries.length > 0 ? firstOf(action) : entry.key),
        known.length > 0
          ? t(
              'The {0} of this {1} has no port. Add "port:", such as {2}.',
              handler,
              title,
              known.join(t(' or ')),
            )
          : t('The {0} of this {1} has no port. Add "port:".', handler, title),
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
        ? t(
            'In quotes, {0} is a port name, and a port name needs a letter. Write the number without quotes.',
            value,
          )
        : typeof value === 'string'
          ? t('"{0}" cannot be a port name: it {1}.', value, problem)
          : `${value} ${problem}.`,
      {
        fixes: number ? [replaceFix(t('Write {0}', value), at, value, true)] : [],
      },
    );
  }
}
