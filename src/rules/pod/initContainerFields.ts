import { removeFix } from '../edits.ts';
import { isSet, keyPlace, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** What only containers that keep running have: probes and hooks. And restartPolicy of single containers. */
export const initContainerFields: Rule = {
  code: 'init-container-fields',
  title: 'A field that this kind of container cannot have',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const container of pod?.containers ?? []) {
      const { node } = container;
      if (container.list === 'initContainers' && !container.sidecar) {
        for (const key of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
          if (!isSet(node.get(key))) continue;
          report(
            keyPlace(node, key),
            `Init container ${container.title} runs once and ends, so it cannot have ${key}. Only one with restartPolicy: Always (a sidecar) can.`,
            { fixes: removeFix(node, key) },
          );
        }
      }
      const policy = textOf(node.get('restartPolicy'));
      const known = ['Always', 'OnFailure', 'Never'];
      if (policy !== undefined && policy !== '' && !known.includes(policy)) {
        report(keyPlace(node, 'restartPolicy'), `restartPolicy cannot be "${policy}".`, {
          fixes: removeFix(node, 'restartPolicy'),
        });
      } else if (
        policy === 'Always' &&
        container.list === 'containers' &&
        isSet(node.get('restartPolicyRules'))
      ) {
        report(
          keyPlace(node, 'restartPolicyRules'),
          'restartPolicyRules have no use with restartPolicy: Always.',
        );
      }
    }
  },
};
