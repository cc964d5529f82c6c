import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { CheckTarget } from './check.ts';
import { shown } from './lookUp.ts';
import { checkedHost, type Plan } from './planParts.ts';

/**
 * A URL as a target: http, https, tcp and udp for a port that speaks something else, and dns for a name alone.
 * @throws ExplainedError for other schemes, a missing port, or credentials, which would end up in reports.
 */
export function planUrl(text: string): Plan {
  const url = new URL(text);
  const scheme = schemes.get(url.protocol);
  if (scheme === undefined) {
    throw new ExplainedError(
      'bad-scheme',
      t('"{0}" in "{1}" cannot be checked', shown(url.protocol), shown(text)),
      {
        remedy: t('Write http://, https://, tcp://HOST:PORT, udp://HOST:PORT or dns://NAME.'),
      },
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new ExplainedError(
      'credentials-in-url',
      t('The URL for {0} holds a user name or password', shown(url.host)),
      {
        remedy: t(
          'Leave it out: a check asks whether the way is open, and its report shows the whole command.',
        ),
      },
    );
  }
  const host = checkedHost(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  if (scheme === 'dns') {
    return { targets: [{ ref: `dns:${host}`, host, port: 0, scheme, path: '/' }], notes: [] };
  }
  const port = Number(url.port === '' ? (standardPorts.get(url.protocol) ?? 0) : url.port);
  if (port === 0) {
    throw new ExplainedError('no-port', t('"{0}" needs a port', shown(text)), {
      remedy: t('Write {0}://HOST:PORT.', scheme),
    });
  }
  const path =
    scheme === 'tcp' || scheme === 'udp' ? '/' : `${url.pathname === '' ? '/' : url.pathname}${url.search}`;
  return { targets: [{ ref: text, host, port, scheme, path }], notes: [] };
}

const schemes: ReadonlyMap<string, CheckTarget['scheme']> = new Map<string, CheckTarget['scheme']>([
  ['http:', 'http'],
  ['https:', 'https'],
  ['tcp:', 'tcp'],
  ['udp:', 'udp'],
  ['dns:', 'dns'],
]);
const standardPorts: ReadonlyMap<string, number> = new Map([
  ['http:', 80],
  ['https:', 443],
]);
