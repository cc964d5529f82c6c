import { allPorts, difference, intersection, noPorts, union, type PortSet } from './portSet.ts';

/** What one end lets through: certain ports, and the ports that are possible at all. */
export interface Side {
  readonly certain: PortSet;
  readonly possible: PortSet;
}

/** What passes between two pods, by the policies of both. */
export interface Passage {
  readonly allowed: PortSet;
  /** Ports on which it depends on the network plugin. */
  readonly depends: PortSet;
}

/**
 * The few different sides that a whole cluster has, by number. Adding ports to a side is worked out once and then
 * looked up, so that a million additions cost a million look-ups.
 */
export class Sides {
  static readonly open = 0;
  static readonly closed = 1;
  static readonly undefinedByApi = 2;

  readonly #sides: Side[] = [
    { certain: allPorts, possible: allPorts },
    { certain: noPorts, possible: noPorts },
    { certain: noPorts, possible: allPorts },
  ];
  readonly #numbers = new Map<string, number>();
  readonly #additions = new Map<PortSet, { readonly certain: number[]; readonly possible: number[] }>();
  readonly #sets = new Map<string, PortSet>();
  readonly #passages: (Passage | undefined)[][] = [];

  constructor() {
    for (const [number, side] of this.#sides.entries()) this.#numbers.set(keyOf(side), number);
  }

  at(number: number): Side {
    const side = this.#sides[number];
    if (side === undefined) throw new RangeError(`There is no side ${number}`);
    return side;
  }

  /** What passes where one end lets out what the one side has, and the other lets in what the other has; one object each. */
  join(egressNumber: number, ingressNumber: number): Passage {
    const row = (this.#passages[egressNumber] ??= []);
    return (row[ingressNumber] ??= passageOf(this.at(egressNumber), this.at(ingressNumber)));
  }

  /** The one object that stands for all sets equal to this one; `plus` is quick with it. */
  same(set: PortSet): PortSet {
    const key = JSON.stringify(set);
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    this.#sets.set(key, set);
    return set;
  }

  /** The side with these ports added, as certain ones or only as possible ones. */
  plus(number: number, ports: PortSet, certainty: 'certain' | 'possible'): number {
    let additions = this.#additions.get(ports);
    if (additions === undefined) {
      additions = { certain: [], possible: [] };
      this.#additions.set(ports, additions);
    }
    return (additions[certainty][number] ??= this.#add(number, ports, certainty));
  }

  #add(number: number, ports: PortSet, certainty: 'certain' | 'possible'): number {
    const before = this.at(number);
    const possible = union(before.possible, ports);
    const side = {
      certain: certainty === 'certain' ? union(before.certain, ports) : before.certain,
      possible,
    };
    return this.numberOf(side);
  }

  numberOf(side: Side): number {
    const key = keyOf(side);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#sides.length);
    return this.#sides.push(side) - 1;
  }
}

function passageOf(egress: Side, ingress: Side): Passage {
  const allowed = intersection(egress.certain, ingress.certain);
  return { allowed, depends: difference(intersection(egress.possible, ingress.possible), allowed) };
}

function keyOf(side: Side): string {
  return JSON.stringify([side.certain, side.possible]);
}
