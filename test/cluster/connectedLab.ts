import assert from 'node:assert/strict';
import { createClient, Kubeconfigs, type ClusterClient } from '../../src/cluster/index.ts';
import { LabProcess } from './labProcess.ts';

/** A practice lab in its own process, and clients by its kubeconfig; {@link end} ends them all. */
export class ConnectedLab {
  readonly #options: readonly string[];
  readonly #kubeconfigs: Kubeconfigs;
  readonly #clients: ClusterClient[] = [];
  #lab: LabProcess;

  private constructor(lab: LabProcess, options: readonly string[]) {
    this.#lab = lab;
    this.#options = options;
    this.#kubeconfigs = new Kubeconfigs({ file: lab.kubeconfig });
  }

  static async start(...options: string[]): Promise<ConnectedLab> {
    return new ConnectedLab(await LabProcess.start(...options), options);
  }

  /** A client of the current context; with `--with-viewer`, also of the one that may only look at a namespace. */
  async client(who: 'admin' | 'viewer' = 'admin'): Promise<ClusterClient> {
    const contexts = await this.#kubeconfigs.read();
    assert.equal(contexts.is, 'read');
    const context = contexts.contexts.find(({ name }) =>
      who === 'admin' ? name === contexts.current : name.endsWith('-viewer'),
    );
    assert.ok(context);
    const client = createClient(this.#kubeconfigs, context);
    this.#clients.push(client);
    return client;
  }

  stopServer(): Promise<void> {
    return this.#lab.stop();
  }

  /** Starts the server anew where it was: same address, same kubeconfig, other tokens. */
  async startAgain(): Promise<void> {
    const [client] = this.#clients;
    assert.ok(client, 'nobody asked where it was');
    const { port } = new URL(client.context.server);
    const { kubeconfig } = this.#lab;
    this.#lab = await LabProcess.start(...this.#options, '--port', port, '--kubeconfig', kubeconfig);
  }

  async end(): Promise<void> {
    for (const client of this.#clients) client.dispose();
    this.#kubeconfigs.dispose();
    await this.#lab.stop();
  }
}
