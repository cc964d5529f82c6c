import { t } from '../../base/l10n.ts';
import type { Node } from '../../manifest/node.ts';
import type { Span } from '../../manifest/position.ts';
import { replaceFix } from '../edits.ts';
import { entriesOf, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

const current: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
};

/** Labels of nodes by their old names (pkg/api/node/util.go): new nodes may not have them. */
export const deprecatedNodeLabel: Rule = {
  code: 'deprecated-node-label',
  title: 'A label of nodes by its old name',
  severity: 'warning',
  check({ object, pod, report }) {
    const check = (name: string | undefined, at: Span): void => {
      const better = name === undefined ? undefined : current[name];
      if (name === undefined || better === undefined) return;
      report(at, t('The label {0} is deprecated: its name is {1} now.', name, better), {
        fixes: [replaceFix(t('Write {0}', better), at, better, true)],
      });
    };
    const checkTerms = (terms: Node | undefined, list: string): void => {
      for (const term of mapsOf(terms))
        for (const expression of mapsOf(term.get(list)))
          if (expression.has('key')) check(textOf(expression.get('key')), placeOf(expression, 'key'));
    };
    for (const { key } of entriesOf(pod?.spec.get('nodeSelector'))) check(key.value, key);
    const nodes = mapOf(mapOf(pod?.spec.get('affinity'))?.get('nodeAffinity'));
    const must = mapOf(nodes?.get('requiredDuringSchedulingIgnoredDuringExecution'));
    checkTerms(must?.get('nodeSelectorTerms'), 'matchExpressions');
    for (const term of mapsOf(nodes?.get('preferredDuringSchedulingIgnoredDuringExecution')))
      for (const expression of mapsOf(mapOf(term.get('preference'))?.get('matchExpressions')))
        if (expression.has('key')) check(textOf(expression.get('key')), placeOf(expression, 'key'));
    for (const constraint of mapsOf(pod?.spec.get('topologySpreadConstraints')))
      if (constraint.has('topologyKey'))
        check(textOf(constraint.get('topologyKey')), placeOf(constraint, 'topologyKey'));
    if (object.kind === 'PersistentVolume')
      checkTerms(object.at(['spec', 'nodeAffinity', 'required', 'nodeSelectorTerms']), 'matchExpressions');
    if (object.kind === 'StorageClass') checkTerms(object.at(['allowedTopologies']), 'matchLabelExpressions');
  },
};
