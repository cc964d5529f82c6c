import type { TierRule } from '../model/tierPolicy.ts';
import { allPorts, difference, intersection, noPorts, union, type PortSet } from './portSet.ts';
import type { Side } from './sides.ts';

/** How far a tier has decided about two ends: ports still open, and ports for which each action may be the answer. */
interface State {
  readonly open: PortSet;
  readonly allow: PortSet;
  readonly deny: PortSet;
  readonly pass: PortSet;
}

type Action = TierRule['action'];

/**
 * The few different states that asking a tier's rules in order leads through, by number, as `Sides` does for
 * NetworkPolicies: each step is worked out once for a whole cluster and then looked up.
 */
export class TierStates {
  /** Nothing asked yet. */
  static readonly start = 0;

  readonly #states: State[] = [{ open: allPorts, allow: noPorts, deny: noPorts, pass: noPorts }];
  readonly #numbers = new Map<string, number>();
  readonly #steps = new Map<PortSet, Map<string, number>>();
  readonly #merged = new Map<string, number>();

  /** The state after a rule about these ports; `sure`: whether it certainly matches. */
  after(number: number, action: Action, ports: PortSet, sure: boolean): number {
    let steps = this.#steps.get(ports);
    if (steps === undefined) {
      steps = new Map();
      this.#steps.set(ports, steps);
    }
    const key = `${number} ${action} ${String(sure)}`;
    let next = steps.get(key);
    if (next === undefined) {
      const state = this.#at(number);
      const affected = intersection(ports, state.open);
      next = this.#number({
        ...state,
        [action]: union(state[action], affected),
        open: sure ? difference(state.open, affected) : state.open,
      });
      steps.set(key, next);
    }
    return next;
  }

  /** Policies of one priority, each asked from the same state: the API leaves open which of them decides. */
  merge(numbers: readonly number[]): number {
    const key = [...new Set(numbers)].sort((a, b) => a - b).join(' ');
    let merged = this.#merged.get(key);
    if (merged === undefined) {
      merged = this.#number(
        numbers
          .map((number) => this.#at(number))
          .reduce((a, b) => ({
            open: intersection(a.open, b.open),
            allow: union(a.allow, b.allow),
            deny: union(a.deny, b.deny),
            pass: union(a.pass, b.pass),
          })),
      );
      this.#merged.set(key, merged);
    }
    return merged;
  }

  /** What one end lets through: this tier's decision, and `next` for what it leaves to the next one. */
  sideOf(number: number, next: Side): Side {
    const { open, allow, deny, pass } = this.#at(number);
    const left = union(open, pass);
    const mayAllow = union(allow, intersection(left, next.possible));
    const mayDeny = union(deny, difference(left, next.certain));
    return { certain: difference(mayAllow, mayDeny), possible: mayAllow };
  }

  #at(number: number): State {
    const state = this.#states[number];
    if (state === undefined) throw new RangeError(`There is no state ${number}`);
    return state;
  }

  #number(state: State): number {
    const key = JSON.stringify([state.open, state.allow, state.deny, state.pass]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#states.length);
    return this.#states.push(state) - 1;
  }
}
