import { t } from '../../base/l10n.ts';
import { parseAddress } from '../addresses.ts';
import { replaceFix, scalarText } from '../edits.ts';
import { subdomainProblem, wildcardProblem } from '../formats.ts';
import { filledText, itemsOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { sentences } from '../sentences.ts';
import { ingressSpec } from './ingressView.ts';

/** Hosts are DNS names: no address, no port, and "*" only as the first part. */
export const ingressHost: Rule = {
  code: 'ingress-host',
  title: 'A host of an Ingress that is no DNS name',
  severity: 'error',
  kinds: ['Ingress'],
  check(context) {
    const spec = ingressSpec(context.object);
    for (const rule of mapsOf(spec?.get('rules'))) {
      const host = filledText(rule.get('host'));
      if (host !== undefined) checkHost(host, placeOf(rule, 'host'), true, context);
    }
    for (const tls of mapsOf(spec?.get('tls'))) {
      for (const item of itemsOf(tls.get('hosts'))) {
        const host = textOf(item);
        if (host !== undefined) checkHost(host, item, false, context);
      }
    }
  },
};

function checkHost(
  host: string,
  at: { start: number; end: number },
  isRule: boolean,
  { report }: RuleContext,
): void {
  if (isRule && parseAddress(host) !== undefined) {
    report(
      at,
      t(
        'The host is a DNS name, not an address: "{0}" cannot be one. Leave host out to take every name.',
        host,
      ),
    );
    return;
  }
  const problem = host.includes('*') ? wildcardProblem(host) : subdomainProblem(host);
  if (problem === undefined) return;
  const bare = host
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/:].*$/, '')
    .toLowerCase();
  const better = bare !== host && bare !== '' && subdomainProblem(bare) === undefined ? bare : undefined;
  report(
    at,
    sentences(
      t('The host "{0}" {1}.', host, problem),
      better === undefined ? undefined : t('Write the name alone, without protocol, port and path.'),
    ),
    {
      fixes: better === undefined ? [] : [replaceFix(t('Write {0}', better), at, scalarText(better), true)],
    },
  );
}
