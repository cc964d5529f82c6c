import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { asDnsLabel, dnsLabelProblem, subdomainProblem } from '../formats.ts';
import type { PodView } from '../podView.ts';
import { booleanOf, filledText, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** hostname and subdomain of a pod: DNS labels. */
export const podHostname: Rule = {
  code: 'pod-hostname',
  title: 'hostname or subdomain is no DNS label',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    const whole = filledText(pod.spec.get('hostnameOverride'));
    const wrong = whole === undefined ? undefined : overrideProblem(whole, pod);
    if (wrong !== undefined) report(placeOf(pod.spec, 'hostnameOverride'), t('hostnameOverride {0}.', wrong));
    for (const key of ['hostname', 'subdomain']) {
      const name = filledText(pod.spec.get(key));
      const problem = name === undefined ? undefined : dnsLabelProblem(name);
      if (name === undefined || problem === undefined) continue;
      const at = placeOf(pod.spec, key);
      const better = asDnsLabel(name);
      report(at, t('The {0} "{1}" {2}.', key, name, problem), {
        fixes: better === undefined ? [] : [replaceFix(t('Write {0}', better), at, better)],
      });
    }
  },
};

function overrideProblem(name: string, { spec, hostNetwork }: PodView): string | undefined {
  if (name.length > 64) return t('has at most 64 characters');
  if (hostNetwork) return t('has no place beside hostNetwork: the pod has the name of its node');
  if (booleanOf(spec.get('setHostnameAsFQDN')) === true) return t('has no place beside setHostnameAsFQDN');
  return subdomainProblem(name);
}
