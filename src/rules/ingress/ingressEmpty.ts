import { t } from '../../base/l10n.ts';
import { isFilled, isSet, keyPlace, mapOf, mapsOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { ingressSpec } from './ingressView.ts';

/** An Ingress leads somewhere: it has rules or a default backend, and http rules have paths. */
export const ingressEmpty: Rule = {
  code: 'ingress-empty',
  title: 'An Ingress without rules, or a rule without paths',
  severity: 'error',
  kinds: ['Ingress'],
  check({ object, report }) {
    const spec = ingressSpec(object);
    if (spec === undefined) {
      if (!isSet(object.at(['spec'])))
        report(
          object.entryAt(['spec'])?.key ?? object.entryAt(['kind']) ?? object.root,
          t('The Ingress has no spec: add rules or a defaultBackend.'),
        );
      return;
    }
    const rules = spec.get('rules');
    if (!isFilled(rules) && !isSet(spec.get('defaultBackend'))) {
      report(keyPlace(spec, 'rules'), t('The Ingress leads nowhere: add rules or a defaultBackend.'));
    }
    for (const rule of mapsOf(rules)) {
      const http = mapOf(rule.get('http'));
      if (http && !isFilled(http.get('paths')))
        report(
          http.entry('paths')?.key ?? keyPlace(rule, 'http'),
          t('This rule has no paths. Add at least one, such as "/".'),
        );
    }
  },
};
