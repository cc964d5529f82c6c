import type { Protocol } from '../model/objects.ts';

/** Inclusive ranges of ports, sorted, not touching each other. */
type Ranges = readonly (readonly [first: number, last: number])[];

/** A set of ports per protocol. Immutable. */
export type PortSet = Readonly<Record<Protocol, Ranges>>;

export const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
const everyPort: Ranges = [[1, 65_535]];

export const noPorts: PortSet = { TCP: [], UDP: [], SCTP: [] };
export const allPorts: PortSet = { TCP: everyPort, UDP: everyPort, SCTP: everyPort };

/** Every port of one protocol. */
export function everyPortOf(protocol: Protocol): PortSet {
  return { ...noPorts, [protocol]: everyPort };
}

/** The ports `first` to `last`, inclusive; none where `last` is before `first`. */
export function portRange(protocol: Protocol, first: number, last: number): PortSet {
  return { ...noPorts, [protocol]: first > last ? [] : [[first, last]] };
}

export function hasPort(set: PortSet, protocol: Protocol, port: number): boolean {
  return set[protocol].some(([first, last]) => first <= port && port <= last);
}

export function isEmpty(set: PortSet): boolean {
  return protocols.every((protocol) => set[protocol].length === 0);
}

export function union(a: PortSet, b: PortSet): PortSet {
  return perProtocol((protocol) => joined([...a[protocol], ...b[protocol]]));
}

export function intersection(a: PortSet, b: PortSet): PortSet {
  return perProtocol((protocol) => {
    const out: [number, number][] = [];
    for (const [first, last] of a[protocol]) {
      for (const [otherFirst, otherLast] of b[protocol]) {
        const from = Math.max(first, otherFirst);
        const to = Math.min(last, otherLast);
        if (from <= to) out.push([from, to]);
      }
    }
    return joined(out);
  });
}

/** What is in `a` and not in `b`. */
export function difference(a: PortSet, b: PortSet): PortSet {
  return intersection(a, complement(b));
}

function complement(set: PortSet): PortSet {
  return perProtocol((protocol) => {
    const out: [number, number][] = [];
    let next = 1;
    for (const [first, last] of set[protocol]) {
      if (next < first) out.push([next, first - 1]);
      next = last + 1;
    }
    if (next <= 65_535) out.push([next, 65_535]);
    return out;
  });
}

/** `80`, `8000-8080` and so on, or `*` for every port. */
export function formatPorts(set: PortSet, protocol: Protocol): readonly string[] {
  return set[protocol].map(([first, last]) => {
    if (first === 1 && last === 65_535) return '*';
    return first === last ? String(first) : `${first}-${last}`;
  });
}

function perProtocol(make: (protocol: Protocol) => Ranges): PortSet {
  return { TCP: make('TCP'), UDP: make('UDP'), SCTP: make('SCTP') };
}

function joined(ranges: Ranges): Ranges {
  const out: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = out.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else out.push([first, last]);
  }
  return out;
}
