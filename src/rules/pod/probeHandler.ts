import { t } from '../../base/l10n.ts';
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
          t(
            'The {0} of container {1} checks nothing. Add one of httpGet, tcpSocket, exec or grpc.',
            kind,
            container.title,
          ),
        );
      }
      for (const other of others) {
        report(
          node.entry(other)?.key ?? firstOf(node),
          t(
            'The {0} of container {1} has {2} and {3}; a probe has one handler.',
            kind,
            container.title,
            first ?? '',
            other,
          ),
          {
            fixes: removeFix(node, other),
          },
        );
      }
      const exec = mapOf(node.get('exec'));
      if (exec && !isFilled(exec.get('command')))
        report(
          node.entry('exec')?.key ?? exec,
          t('The {0} of container {1} has no command to run.', kind, container.title),
        );
    }
  },
};
