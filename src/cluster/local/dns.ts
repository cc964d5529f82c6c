import { lookup } from 'node:dns/promises';
import { getServers } from 'node:dns';
import type { CheckTarget } from '../../probe/check.ts';
import { reading, type Limits, type Reading } from '../../probe/reading.ts';
import { reasonOfError, wordsOf } from './errors.ts';
import { settle } from './settle.ts';

/** What this machine's resolver makes of a name, as every program here would see it. */
export function askDns(target: CheckTarget, limits: Limits, signal: AbortSignal): Promise<Reading> {
  const { host } = target;
  const withLookup = (said: Reading, addresses: readonly string[]): Reading => ({
    ...said,
    lookup: {
      ...{ name: host, resolvedAs: null, addresses, resolvers: getServers() },
      ...{ search: [], ndots: 1, expansions: [host] },
    },
  });
  return settle<Reading>(
    limits.total * 1_000,
    signal,
    (answer) => {
      lookup(host, { all: true }).then(
        (found) => {
          const addresses = found.map(({ address }) => address);
          const said = reading('podnet', 'name-resolved', addresses.join(', '), {
            remoteIp: addresses[0] ?? null,
          });
          answer(withLookup(said, addresses));
        },
        (error: unknown) =>
          answer(withLookup(reading('podnet', reasonOfError(error, false), wordsOf(error)), [])),
      );
      return () => undefined;
    },
    () => withLookup(reading('podnet', 'name-timeout', ''), []),
  );
}
