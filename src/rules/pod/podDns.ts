import { t } from '../../base/l10n.ts';
import { addressProblem } from '../addresses.ts';
import { relaxedSubdomainProblem } from '../formats.ts';
import { filledText, isFilled, isSet, itemsOf, keyPlace, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** dnsPolicy None needs name servers, and resolvers have limits: 3 servers, 32 searches, 2048 characters. */
export const podDns: Rule = {
  code: 'pod-dns',
  title: 'The DNS settings of the pod are incomplete or over a limit',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    const { spec } = pod;
    const config = mapOf(spec.get('dnsConfig'));
    const servers = itemsOf(config?.get('nameservers'));
    if (filledText(spec.get('dnsPolicy')) === 'None' && servers.length === 0) {
      const readable =
        !isSet(spec.get('dnsConfig')) || (config !== undefined && !isFilled(config.get('nameservers')));
      if (readable) {
        const at =
          config?.entry('nameservers')?.key ?? spec.entry('dnsConfig')?.key ?? placeOf(spec, 'dnsPolicy');
        report(
          at,
          t(
            'dnsPolicy: None takes nothing from the cluster or the node: add at least one name server under dnsConfig.nameservers.',
          ),
        );
      }
      return;
    }
    if (config === undefined) return;
    if (servers.length > 3)
      report(
        keyPlace(config, 'nameservers'),
        t('A pod can have at most 3 name servers; these are {0}.', servers.length),
      );
    for (const server of servers) {
      const problem = addressProblem(textOf(server) ?? '0.0.0.0');
      if (problem !== undefined)
        report(server, t('The name server "{0}" {1}.', textOf(server) ?? '', problem));
    }
    const searches = itemsOf(config.get('searches'));
    if (searches.length > 32)
      report(
        keyPlace(config, 'searches'),
        t('A pod can have at most 32 search domains; these are {0}.', searches.length),
      );
    const length = searches.map((item) => textOf(item) ?? '').join(' ').length;
    if (length > 2048)
      report(
        keyPlace(config, 'searches'),
        t('All search domains together can have 2048 characters; these have {0}.', length),
      );
    for (const search of searches) {
      const domain = textOf(search);
      if (domain === undefined || domain === '.') continue;
      const problem = relaxedSubdomainProblem(domain.replace(/\.$/, ''));
      if (problem !== undefined) report(search, t('The search domain "{0}" {1}.', domain, problem));
    }
    for (const option of mapsOf(config.get('options'))) {
      if (!isFilled(option.get('name'))) report(option, t('This DNS option has no name.'));
    }
  },
};
