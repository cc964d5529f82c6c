import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { subdomainProblem } from '../formats.ts';
import { isSet, keyPlace, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { ingressSpec } from './ingressView.ts';

const annotation = 'kubernetes.io/ingress.class';

/** The class of an Ingress: ingressClassName, and the old annotation only if it says the same. */
export const ingressClass: Rule = {
  code: 'ingress-class',
  title: 'ingressClassName and the old annotation say different things',
  severity: 'error',
  kinds: ['Ingress'],
  check({ object, report }) {
    const spec = ingressSpec(object);
    const annotations = mapOf(object.at(['metadata', 'annotations']));
    const old = textOf(annotations?.get(annotation));
    const name = textOf(spec?.get('ingressClassName'));
    if (annotations && old !== undefined) {
      if (name !== undefined && name !== old) {
        report(
          placeOf(annotations, annotation),
          t(
            'The annotation says class "{0}", ingressClassName says "{1}". Remove the annotation.',
            old,
            name,
          ),
          { fixes: removeFix(annotations, annotation, true) },
        );
      } else {
        report(
          keyPlace(annotations, annotation),
          t('The annotation {0} is deprecated. Write spec.ingressClassName.', annotation),
          { severity: 'warning' },
        );
      }
    }
    const problem =
      name === undefined || !isSet(spec?.get('ingressClassName')) ? undefined : subdomainProblem(name);
    if (spec && problem !== undefined)
      report(placeOf(spec, 'ingressClassName'), t('ingressClassName "{0}" {1}.', name ?? '', problem));
    for (const tls of mapsOf(spec?.get('tls'))) {
      const secret = textOf(tls.get('secretName'));
      const wrong = secret === undefined || secret === '' ? undefined : subdomainProblem(secret);
      if (wrong !== undefined)
        report(placeOf(tls, 'secretName'), t('The secretName "{0}" {1}.', secret ?? '', wrong));
    }
  },
};
