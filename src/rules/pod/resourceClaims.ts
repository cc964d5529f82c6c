import { t } from '../../base/l10n.ts';
import { dnsLabelProblem, subdomainProblem } from '../formats.ts';
import { filledText, firstOf, isSet, keyPlace, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** Claims of devices: each named once, from a ResourceClaim or a template of one (validatePodResourceClaims). */
export const resourceClaims: Rule = {
  code: 'resource-claims',
  title: 'A claim of devices that says not, or twice, where from',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    const seen = new Set<string>();
    for (const claim of mapsOf(pod?.spec.get('resourceClaims'))) {
      const name = filledText(claim.get('name'));
      const problem = name === undefined ? undefined : dnsLabelProblem(name);
      if (name !== undefined && seen.has(name))
        report(placeOf(claim, 'name'), t('There are two entries {0} in resourceClaims.', name));
      else if (problem !== undefined)
        report(placeOf(claim, 'name'), t('The claim\'s name "{0}" {1}.', name ?? '', problem));
      seen.add(name ?? '');
      const sources = ['resourceClaimName', 'resourceClaimTemplateName'].filter((key) =>
        isSet(claim.get(key)),
      );
      if (sources.length === 0)
        report(firstOf(claim), t('The claim needs resourceClaimName or resourceClaimTemplateName.'));
      if (sources.length === 2)
        report(
          keyPlace(claim, 'resourceClaimTemplateName'),
          t('The claim has resourceClaimName and resourceClaimTemplateName; it can have one.'),
        );
      for (const key of sources) {
        const text = textOf(claim.get(key));
        const wrong = text === undefined ? undefined : subdomainProblem(text);
        if (wrong !== undefined) report(placeOf(claim, key), `${key} "${text ?? ''}" ${wrong}.`);
      }
    }
  },
};
