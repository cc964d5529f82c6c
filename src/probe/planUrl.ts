import { ExplainedError } from '../base/errors.ts';
import type { CheckTarget } from './check.ts';
import { shown } from './lookUp.ts';
import { checkedHost, type Plan } from './planParts.ts';

/**
 * A URL as a target: http, https, and tcp for a port that speaks something else.
 * @throws ExplainedError for other schemes, a missing port, or credentials, which would end up in reports.
 */
export function planUrl(text: string): Plan {
  const url = new URL(text);
  const scheme = schemes.get(url.protocol);
  if (scheme === undefined) {
    throw new ExplainedError('bad-scheme', `"${shown(url.protocol)}" in "${shown(text)}" cannot be checked`, {
      remedy: 'Write http://, https:// or tcp://HOST:PORT.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new ExplainedError(
      'credentials-in-url',
      `The URL for ${shown(url.host)} holds a user name or password`,
      {
        remedy: 'Leave it out: a check asks whether the way is open, and its report shows the whole command.',
      },
    );
  }
  const host = checkedHost(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const port = Number(url.port === '' ? (standardPorts.get(url.protocol) ?? 0) : url.port);
  if (port === 0) {
    throw new ExplainedError('no-port', `"${shown(text)}" needs a port`, {
      remedy: 'Write tcp://HOST:PORT.',
    });
  }
  const path = scheme === 'tcp' ? '/' : `${url.pathname === '' ? '/' : url.pathname}${url.search}`;
  return { targets: [{ ref: text, host, port, scheme, path }], notes: [] };
}

const schemes: ReadonlyMap<string, CheckTarget['scheme']> = new Map<string, CheckTarget['scheme']>([
  ['http:', 'http'],
  ['https:', 'https'],
  ['tcp:', 'tcp'],
]);
const standardPorts: ReadonlyMap<string, number> = new Map([
  ['http:', 80],
  ['https:', 443],
]);
