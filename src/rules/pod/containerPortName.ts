import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { asPortName, portNameProblem } from '../formats.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { portsOf } from './containerPorts.ts';

/** The name of a container's port: an IANA service name, once in its container. */
export const containerPortName: Rule = {
  code: 'container-port-name',
  title: 'A container port name is not allowed, or there twice',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const container of pod?.containers ?? []) {
      const first = new Map<string, { start: number; end: number }>();
      for (const { node, name } of portsOf(container)) {
        if (name === undefined) continue;
        const at = placeOf(node, 'name');
        const problem = portNameProblem(name);
        if (problem !== undefined) {
          const better = asPortName(name);
          report(at, t('The port name "{0}" {1}.', name, problem), {
            fixes: better === undefined ? [] : [replaceFix(t('Rename to {0}', better), at, better, true)],
          });
          continue;
        }
        const before = first.get(name);
        if (before === undefined) first.set(name, at);
        else
          report(at, t('Container {0} has two ports named "{1}".', container.title, name), {
            related: [{ at: before, message: t('The first "{0}"', name) }],
          });
      }
    }
  },
};
