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
          'dnsPolicy: None takes nothing from the cluster or the node: add at least one name server under dnsConfig.nameservers.',
        );
      }
      return;
    }
    if (config === undefined) return;
    if (servers.length > 3)
      report(
        keyPlace(config, 'nameservers'),
        `A pod can have at most 3 name servers; these are ${servers.length}.`,
      );
    for (const server of servers) {
      const problem = addressProblem(textOf(server) ?? '0.0.0.0');
      if (problem !== undefined) report(server, `The name server "${textOf(server) ?? ''}" ${problem}.`);
    }
    const searches = itemsOf(config.get('searches'));
    if (searches.length > 32)
      report(
        keyPlace(config, 'searches'),
        `A pod can have at most 32 search domains; these are ${searches.length}.`,
      );
    const length = searches.map((item) => textOf(item) ?? '').join(' ').length;
    if (length > 2048)
      report(
        keyPlace(config, 'searches'),
        `All search domains together can have 2048 characters; these have ${length}.`,
      );
    for (const search of searches) {
      const domain = textOf(search);
      if (domain === undefined || domain === '.') continue;
      const problem = relaxedSubdomainProblem(domain.replace(/\.$/, ''));
      if (problem !== undefined) report(search, `The search domain "${domain}" ${problem}.`);
    }
    for (const option of mapsOf(config.get('options'))) {
      if (!isFilled(option.get('name'))) report(option, 'This DNS option has no name.');
    }
  },
};
