import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { inEnglish, type Sentence } from '../base/say.ts';
import type { Pod, Protocol } from '../model/objects.ts';
import { formatRef, type Ref } from '../model/refs.ts';
import type { CheckTarget, Way } from './check.ts';
import { shown } from './lookUp.ts';
import { noteTexts } from './reportTexts.ts';
import { schemeOf } from './scheme.ts';

/** What a check will ask, and what a person should know about it beforehand. */
export interface Plan {
  /** At least one; more where the thing has several ports and none was named. */
  readonly targets: readonly CheckTarget[];
  readonly notes: readonly PlanNote[];
}

export interface PlanNote {
  readonly id:
    | 'host-network'
    | 'not-tcp'
    | 'headless-port'
    | 'endpoint-not-ready'
    | 'node-without-address'
    | 'external-traffic-local';
  /** In English. */
  readonly text: string;
  /** For a translation. */
  readonly sentence: Sentence;
}

/** @param template one of noteTexts. */
export function noteOf(id: PlanNote['id'], template: string, ...args: readonly string[]): PlanNote {
  return { id, text: inEnglish(template, ...args), sentence: { template, args } };
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
  throw new ExplainedError('bad-host', t('"{0}" is no host name', shown(host)), {
    remedy: t('A host is an IP address or a DNS name.'),
  });
}

/** A target of a protocol: UDP is asked as such, TCP as the port's name, protocol or number suggests. */
export function askedTarget(
  ref: Ref,
  host: string,
  port: number,
  protocol: Protocol,
  said: { readonly name: string; readonly appProtocol?: string } = { name: '' },
): CheckTarget {
  return tcpTarget(ref, host, port, protocol === 'UDP' ? 'udp' : schemeOf(port, said.name, said.appProtocol));
}

/** Which ports of another protocol are left out. */
export function otherProtocols(
  label: string,
  ports: readonly { readonly port: number; readonly protocol: Protocol }[],
  protocol: Protocol,
): PlanNote[] {
  const others = ports.filter((each) => each.protocol !== protocol);
  if (others.length === 0) return [];
  const list = others.map((each) => `${each.port}/${each.protocol}`).join(', ');
  return [
    noteOf('not-tcp', protocol === 'TCP' ? noteTexts.leftOutOfTcp : noteTexts.leftOutOfUdp, label, list),
  ];
}

/** How far a pod is from the source, as far as both are scheduled. */
export function wayTo(source: Pod | undefined, target: Pod): { readonly way?: Way } {
  if (source === undefined || source.nodeName === '' || target.nodeName === '') return {};
  const samePod = source.name === target.name && source.namespace === target.namespace;
  const is = samePod ? 'same-pod' : source.nodeName === target.nodeName ? 'same-node' : 'across-nodes';
  return { way: { is, fromNode: source.nodeName, toNode: target.nodeName } };
}
