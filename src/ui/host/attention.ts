import { Emitter, type Disposable, type Event } from '../../base/event.ts';

/** How long a window may lie in the background before its views let go of the cluster. */
const patienceMs = 15 * 60_000;

/**
 * Whether somebody may be looking at this window: from when it has the focus until it has been without for a while.
 * Nothing is watched, and nothing retried, in a background window for ever.
 */
export class Attention implements Disposable {
  readonly #changed = new Emitter<boolean>();
  readonly #subscription: Disposable;
  readonly #patienceMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isPaid = true;

  /** Fires with true when somebody is back, with false when nobody has been there for long. */
  readonly onDidChange = this.#changed.event;

  /** @param onDidChangeFocus says whether the window has the focus */
  constructor(isFocused: boolean, onDidChangeFocus: Event<boolean>, patience = patienceMs) {
    this.#patienceMs = patience;
    this.#subscription = onDidChangeFocus((focused) => this.#focus(focused));
    this.#focus(isFocused);
  }

  get isPaid(): boolean {
    return this.#isPaid;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #focus(focused: boolean): void {
    clearTimeout(this.#timer);
    if (focused) this.#set(true);
    else this.#timer = setTimeout(() => this.#set(false), this.#patienceMs);
  }

  #set(isPaid: boolean): void {
    if (this.#isPaid === isPaid) return;
    this.#isPaid = isPaid;
    this.#changed.fire(isPaid);
  }
}
