import { firstOf, isFilled, mapOf } from '../read.ts';
import { removeFix } from '../edits.ts';
import type { Rule } from '../rule.ts';
import { probesOf } from './probeViews.ts';

/** A probe checks in exactly one way: exec, httpGet, tcpSocket or grpc. */
export const probeHandler: Rule = {
  code: 'probe-handler',
  title: 'A probe with no handler, or with several',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { kind, node, container, handlers } of probesOf(pod)) {
      const [first, ...others] = handlers;
      if (first === undefined) {
        const at = container.node.entry(kind)?.key ?? firstOf(node);
        report(
          at,
          `The ${kind} of container ${container.title} checks nothing. Add one of httpGet, tcpSocket, exec or grpc.`,
        );
      }
      for (const other of others) {
        report(
          node.entry(other)?.key ?? firstOf(node),
          `The ${kind} of container ${container.title} has ${first ?? ''} and ${other}; a probe has one handler.`,
          {
            fixes: removeFix(node, other),
          },
        );
      }
      const exec = mapOf(node.get('exec'));
      if (exec && !isFilled(exec.get('command')))
        report(
          node.entry('exec')?.key ?? exec,
          `The ${kind} of container ${container.title} has no command to run.`,
        );
    }
  },
};
