import type { Memento } from 'vscode';
import { Emitter, type Disposable } from '../../base/event.ts';
import { setContextKey } from './contextKeys.ts';
import { contextKeys } from './ids.ts';

const key = 'podNetwork.tree.together';

/** How the cluster view shows what there is: filtered or not, by namespace or together. The grouping is remembered. */
export class TreeOptions implements Disposable {
  readonly #memento: Memento;
  readonly #changed = new Emitter<void>();
  #filter = '';

  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
    setContextKey(contextKeys.together, this.together);
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(filter: string) {
    this.#filter = filter.trim();
    setContextKey(contextKeys.hasFilter, this.#filter !== '');
    this.#changed.fire();
  }

  get together(): boolean {
    return this.#memento.get<boolean>(key, false);
  }

  async showTogether(together: boolean): Promise<void> {
    await this.#memento.update(key, together);
    setContextKey(contextKeys.together, together);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
