import { Emitter, type Event } from '../../base/event.ts';

/** An emitter that keeps what is fired before anybody listens, for the first listener. */
export class HeldEmitter<T> {
  readonly #emitter = new Emitter<T>();
  #held: T[] | undefined = [];

  readonly event: Event<T> = (listener) => {
    const subscription = this.#emitter.event(listener);
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const value of held) this.#emitter.fire(value);
    return subscription;
  };

  fire(value: T): void {
    if (this.#held === undefined) this.#emitter.fire(value);
    else this.#held.push(value);
  }
}
