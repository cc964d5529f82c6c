import { t } from '../../base/l10n.ts';
import { qualifiedNameProblem, subdomainProblem } from '../formats.ts';
import { filledText, isFilled, keyPlace, mapsOf, placeOf, textOf } from '../read.ts';
import { removeFix } from '../edits.ts';
import type { Rule } from '../rule.ts';

/** Names that a pod gives of other things: node, service account, classes, gates. */
export const podReferences: Rule = {
  code: 'pod-references',
  title: 'A name in the pod that nothing can have',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    const { spec } = pod;
    for (const key of [
      'nodeName',
      'serviceAccountName',
      'serviceAccount',
      'priorityClassName',
      'runtimeClassName',
    ]) {
      const name = filledText(spec.get(key));
      const problem = name === undefined ? undefined : subdomainProblem(name);
      if (problem !== undefined) report(placeOf(spec, key), `${key} "${name ?? ''}" ${problem}.`);
    }
    for (const [list, key] of [
      ['readinessGates', 'conditionType'],
      ['schedulingGates', 'name'],
    ] as const) {
      const gates = new Set<string>();
      for (const gate of mapsOf(spec.get(list))) {
        const name = filledText(gate.get(key));
        if (list === 'schedulingGates' && name !== undefined && gates.has(name))
          report(placeOf(gate, key), t('schedulingGates has {0} twice.', name));
        gates.add(name ?? '');
        const problem = name === undefined ? undefined : qualifiedNameProblem(name);
        if (problem !== undefined) report(placeOf(gate, key), `${key} "${name ?? ''}" ${problem}.`);
      }
    }
    if (isFilled(spec.get('ephemeralContainers'))) {
      const where = pod.isPod
        ? t('A new pod has no ephemeral containers: they are added to a running one, by kubectl debug')
        : t('A template has no ephemeral containers');
      report(keyPlace(spec, 'ephemeralContainers'), `${where}.`, {
        fixes: removeFix(spec, 'ephemeralContainers'),
      });
    }
    if (isFilled(spec.get('schedulingGates')) && filledText(spec.get('nodeName')) !== undefined) {
      report(
        keyPlace(spec, 'nodeName'),
        t('A pod with schedulingGates waits for its node, so it cannot have a nodeName.'),
      );
    }
    const secrets = new Set<string>();
    for (const secret of mapsOf(spec.get('imagePullSecrets'))) {
      const name = textOf(secret.get('name')) ?? '';
      const at = secret.has('name') ? placeOf(secret, 'name') : secret;
      if (name === '')
        report(at, t('This entry of imagePullSecrets names no Secret.'), { severity: 'warning' });
      else if (secrets.has(name))
        report(at, t('imagePullSecrets has {0} twice.', name), { severity: 'warning' });
      secrets.add(name);
    }
  },
};
