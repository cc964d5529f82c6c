import { ExplainedError } from '../base/errors.ts';
import type { Pod } from '../model/objects.ts';
import { formatRef, type Ref } from '../model/refs.ts';
import type { CheckTarget } from './check.ts';
import { shown } from './lookUp.ts';
import { schemeOf } from './scheme.ts';

/** What a check will ask, and what a person should know about it beforehand. */
export interface Plan {
  /** At least one; more where the thing has several ports and none was named. */
  readonly targets: readonly CheckTarget[];
  readonly notes: readonly PlanNote[];
}

export interface PlanNote {
  readonly id: 'host-network' | 'not-tcp' | 'other-address' | 'headless-port';
  readonly text: string;
}

/** Of several addresses the first of the source's own family, so that a check does not fail for the family alone. */
export function fittingAddress(addresses: readonly string[], source: Pod | undefined): string | undefined {
  const own = source?.ips ?? [];
  const speaks = (address: string): boolean => own.some((ip) => ip.includes(':') === address.includes(':'));
  return addresses.find(speaks) ?? addresses[0];
}

export function tcpTarget(
  ref: Ref,
  host: string,
  port: number,
  scheme: CheckTarget['scheme'] = schemeOf(port),
): CheckTarget {
  return { ref: formatRef(ref), host: checkedHost(host), port, scheme, path: '/' };
}

/**
 * The host, if it is an address or a name: what a tool could read as an option or a shell as more than a word is
 * refused, wherever it came from.
 * @throws ExplainedError
 */
export function checkedHost(host: string): string {
  if (/^[A-Za-z0-9_:][A-Za-z0-9._:%-]*$/.test(host) && host.length <= 253) return host;
  throw new ExplainedError('bad-host', `"${shown(host)}" is no host name`, {
    remedy: 'A host is an IP address or a DNS name.',
  });
}

export function notTcp(label: string, ports: readonly string[]): PlanNote {
  return {
    id: 'not-tcp',
    text: `${label} also has ${ports.join(', ')}, left out: only TCP tells whether something listens.`,
  };
}
