import { replaceFix } from '../edits.ts';
import { asDnsLabel, dnsLabelProblem } from '../formats.ts';
import { filledText, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** hostname and subdomain of a pod: DNS labels. */
export const podHostname: Rule = {
  code: 'pod-hostname',
  title: 'hostname or subdomain is no DNS label',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    for (const key of ['hostname', 'subdomain']) {
      const name = filledText(pod.spec.get(key));
      const problem = name === undefined ? undefined : dnsLabelProblem(name);
      if (name === undefined || problem === undefined) continue;
      const at = placeOf(pod.spec, key);
      const better = asDnsLabel(name);
      report(at, `The ${key} "${name}" ${problem}.`, {
        fixes: better === undefined ? [] : [replaceFix(`Write ${better}`, at, better)],
      });
    }
  },
};
