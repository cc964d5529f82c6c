import { Emitter, type Disposable } from '../../base/event.ts';
import type { PortForward } from '../../model/requests.ts';
import { setContextKey } from '../host/contextKeys.ts';
import { contextKeys } from '../host/ids.ts';

/** An open forward, and what it was opened for. */
export interface OpenForward {
  readonly id: string;
  /** `svc shop/web:80`: what the user chose. */
  readonly what: string;
  readonly context: string;
  readonly forward: PortForward;
}

/** The port-forwards of this window, in the order they were opened. */
export class ForwardList implements Disposable {
  readonly #open = new Map<string, { readonly entry: OpenForward; readonly subscription: Disposable }>();
  readonly #changed = new Emitter<void>();
  #last = 0;

  readonly onDidChange = this.#changed.event;

  get all(): readonly OpenForward[] {
    return [...this.#open.values()].map(({ entry }) => entry);
  }

  get(id: string): OpenForward | undefined {
    return this.#open.get(id)?.entry;
  }

  add(what: string, context: string, forward: PortForward): OpenForward {
    this.#last += 1;
    const entry: OpenForward = { id: `forward-${this.#last}`, what, context, forward };
    const subscription = forward.onDidChangeState((state) => {
      if (state.is === 'closed') this.stop(entry.id);
      else this.#changed.fire();
    });
    this.#open.set(entry.id, { entry, subscription });
    this.#tell();
    return entry;
  }

  stop(id: string): void {
    const found = this.#open.get(id);
    if (found === undefined) return;
    this.#open.delete(id);
    found.subscription.dispose();
    found.entry.forward.dispose();
    this.#tell();
  }

  dispose(): void {
    for (const id of [...this.#open.keys()]) this.stop(id);
    this.#changed.dispose();
  }

  #tell(): void {
    setContextKey(contextKeys.hasForwards, this.#open.size > 0);
    this.#changed.fire();
  }
}
