import type { Memento } from 'vscode';
import type { NamespaceScope } from '../../model/connection.ts';

const key = 'podNetwork.choices';
const mostScopes = 50;

interface Stored {
  readonly lab?: boolean;
  readonly context?: string;
  /** By context name. */
  readonly scopes?: Readonly<Record<string, readonly string[] | 'all'>>;
}

/** What the user chose in the pickers, kept for this workspace; the kubeconfig is never written. */
export class Choices {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Whether the practice lab was chosen in place of a kubeconfig. */
  get lab(): boolean {
    return this.#stored.lab === true;
  }

  get context(): string | undefined {
    return this.#stored.context;
  }

  scopeOf(context: string): NamespaceScope | undefined {
    const scope = this.#stored.scopes?.[context];
    if (scope === undefined) return undefined;
    return scope === 'all' ? { is: 'all' } : { is: 'only', namespaces: scope };
  }

  async chooseLab(): Promise<void> {
    await this.#memento.update(key, { ...this.#stored, lab: true });
  }

  async chooseContext(context: string | undefined): Promise<void> {
    const { scopes } = this.#stored;
    await this.#memento.update(key, { ...(scopes && { scopes }), ...(context !== undefined && { context }) });
  }

  async chooseScope(context: string, scope: NamespaceScope): Promise<void> {
    const others = Object.entries(this.#stored.scopes ?? {}).filter(([name]) => name !== context);
    const scopes = Object.fromEntries([
      ...others.slice(-mostScopes + 1),
      [context, scope.is === 'all' ? 'all' : scope.namespaces],
    ]);
    await this.#memento.update(key, { ...this.#stored, scopes });
  }

  get #stored(): Stored {
    return this.#memento.get<Stored>(key, {});
  }
}
