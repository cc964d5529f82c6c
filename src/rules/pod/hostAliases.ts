import { t } from '../../base/l10n.ts';
import { addressProblem } from '../addresses.ts';
import { subdomainProblem } from '../formats.ts';
import { filledText, firstOf, isSet, itemsOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** hostAliases become lines of /etc/hosts: an address and names. */
export const hostAliases: Rule = {
  code: 'host-aliases',
  title: 'A host alias without a valid address or name',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    const first = new Map<string, { start: number; end: number }>();
    for (const alias of mapsOf(pod?.spec.get('hostAliases'))) {
      const ip = filledText(alias.get('ip'));
      const problem = ip === undefined ? undefined : addressProblem(ip);
      if (ip === undefined && !isSet(alias.get('ip')))
        report(alias.entry('ip')?.key ?? firstOf(alias), t('This host alias has no ip.'));
      if (problem !== undefined) report(placeOf(alias, 'ip'), t('The ip "{0}" {1}.', ip ?? '', problem));
      for (const item of itemsOf(alias.get('hostnames'))) {
        const name = textOf(item);
        const wrong = name === undefined ? undefined : subdomainProblem(name);
        if (wrong !== undefined) report(item, t('The host name "{0}" {1}.', name ?? '', wrong));
      }
      const before = ip === undefined ? undefined : first.get(ip);
      if (before) {
        report(
          placeOf(alias, 'ip'),
          t(
            'The address {0} has two entries: "kubectl apply" merges by address and may lose one. Put all names into one.',
            ip ?? '',
          ),
          {
            severity: 'warning',
            related: [{ at: before, message: t('The first entry') }],
          },
        );
      } else if (ip !== undefined) first.set(ip, placeOf(alias, 'ip'));
    }
  },
};
