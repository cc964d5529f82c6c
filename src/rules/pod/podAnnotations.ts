import { t } from '../../base/l10n.ts';
import { entriesOf, filledText, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

const appArmor = 'container.apparmor.security.beta.kubernetes.io/';
const seccompOfContainer = 'container.seccomp.security.alpha.kubernetes.io/';
const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';

/** Annotations of pods that the server reads (ValidatePodSpecificAnnotations). */
export const podAnnotations: Rule = {
  code: 'pod-annotations',
  title: 'An annotation that the server reads, with a value it refuses',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { key, value: node } of entriesOf(pod?.metadata?.get('annotations'))) {
      const name = key.value;
      const value = textOf(node);
      if (value === undefined) continue;
      if (name === 'controller.kubernetes.io/pod-deletion-cost' && !isCost(value)) {
        report(node, t('The deletion cost is a whole number from -2147483648 to 2147483647.'));
      } else if (
        name === 'kubernetes.io/config.mirror' &&
        filledText(pod?.spec.get('nodeName')) === undefined
      ) {
        report(key, t('Only the kubelet makes mirror pods: this annotation needs a nodeName.'));
      } else if ((name === seccompOfPod || name.startsWith(seccompOfContainer)) && !isSeccomp(value)) {
        report(node, t('The seccomp profile is runtime/default, unconfined or localhost/PATH.'));
      } else if (name.startsWith(appArmor)) {
        const container = name.slice(appArmor.length);
        if (pod?.containers.some((each) => each.name === container) !== true)
          report(key, t('The pod has no container "{0}".', container));
        if (!/^(?:$|runtime\/default$|unconfined$|localhost\/)/.test(value))
          report(node, t('The AppArmor profile is runtime/default, unconfined or localhost/NAME.'));
      }
    }
  },
};

/** A 32-bit number as Go reads it (helper.GetDeletionCostFromPodAnnotations): no plus, no zero in front. */
function isCost(text: string): boolean {
  const number = Number(text);
  return /^(?:0|-?[1-9][0-9]*)$/.test(text) && number >= -2_147_483_648 && number <= 2_147_483_647;
}

function isSeccomp(text: string): boolean {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(text)) return true;
  const path = text.startsWith('localhost/') ? text.slice('localhost/'.length) : undefined;
  return path !== undefined && !path.startsWith('/') && !path.split('/').includes('..');
}
