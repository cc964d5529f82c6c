import { t } from '../../base/l10n.ts';
import { subdomainProblem } from '../formats.ts';
import { filledText, keyPlace, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** Who takes care of an IngressClass: a domain and a path (validateIngressClassSpec). */
export const ingressController: Rule = {
  code: 'ingress-controller',
  title: 'The controller of an IngressClass is missing or no domain with a path',
  severity: 'error',
  kinds: ['IngressClass'],
  check({ object, report }) {
    const spec = mapOf(object.at(['spec']));
    const controller = filledText(spec?.get('controller'));
    if (spec === undefined || controller === undefined) {
      report(
        spec && spec.entries.length > 0
          ? keyPlace(spec, 'controller')
          : (object.entryAt(['spec'])?.key ?? object.entryAt(['kind'])?.key ?? object.root),
        t('The class does not say which controller takes care of it: add controller: example.com/name.'),
      );
      return;
    }
    const slash = controller.indexOf('/');
    const domain = controller.slice(0, Math.max(0, slash));
    if (controller.length > 250)
      report(placeOf(spec, 'controller'), t('controller has at most 250 characters.'));
    else if (slash === -1 || controller.length === slash + 1 || subdomainProblem(domain) !== undefined)
      report(
        placeOf(spec, 'controller'),
        t(
          'The controller "{0}" is no domain with a path, such as example.com/{1}.',
          controller,
          controller.replaceAll('/', '-').toLowerCase(),
        ),
      );
  },
};
