/** Hands out pod addresses of a node's range, in turn and never one that is in use. */
import type { ObjectApi } from '../api/objectApi.ts';
import type { Node } from '../objects/network.ts';
import { nodes, pods } from '../resources/catalog.ts';

export class PodAddresses {
  readonly #api: ObjectApi;
  readonly #last = new Map<string, number>();

  constructor(api: ObjectApi) {
    this.#api = api;
  }

  /** The next free address of a /24 pod range; undefined where the node has no range or it is full. */
  next(nodeName: string): string | undefined {
    const range = this.#api.store.get(nodes, { name: nodeName })?.spec.podCIDR;
    const prefix = /^(\d+\.\d+\.\d+)\.0\/24$/.exec(range ?? '')?.[1];
    if (prefix === undefined) return undefined;
    const used = new Set([...this.#api.store.list(pods)].map((pod) => pod.status.podIP));
    const start = this.#last.get(nodeName) ?? 1;
    for (let step = 1; step <= 253; step++) {
      // .1 is the node's own.
      const host = ((start - 2 + step) % 253) + 2;
      const address = `${prefix}.${host}`;
      if (used.has(address)) continue;
      this.#last.set(nodeName, host);
      return address;
    }
    return undefined;
  }
}

export function internalIp(node: Node | undefined): string | undefined {
  return node?.status.addresses?.find(({ type }) => type === 'InternalIP')?.address;
}
