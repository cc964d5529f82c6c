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
          report(at, `The port name "${name}" ${problem}.`, {
            fixes: better === undefined ? [] : [replaceFix(`Rename to ${better}`, at, better, true)],
          });
          continue;
        }
        const before = first.get(name);
        if (before === undefined) first.set(name, at);
        else
          report(at, `Container ${container.title} has two ports named "${name}".`, {
            related: [{ at: before, message: `The first "${name}"` }],
          });
      }
    }
  },
};
