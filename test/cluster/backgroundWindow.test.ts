import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Emitter, type Disposable } from '../../src/base/event.ts';
import { createClient, createConnection, Kubeconfigs, processEnvironment } from '../../src/cluster/index.ts';
import { startLab, type Lab } from '../../src/lab/lab.ts';
import { createRuntime } from '../../src/lab/runtime/runtime.ts';
import { empty } from '../../src/lab/scenarios/empty.ts';
import type { ClusterConnection } from '../../src/model/connection.ts';
import { Attention } from '../../src/ui/host/attention.ts';
import { useTemporaryFolder } from '../unit/cluster/support/temporaryFolder.ts';
import { eventually, waitFor } from '../unit/cluster/support/waitFor.ts';

const patienceMs = 50;
const graceMs = 50;
/** A retry comes within 60 ms here (see `random`), and a watch that ended is opened anew at once. */
const silenceMs = 1_500;

/** A window that shows a cluster, as the views do: they hold a watch for as long as somebody may be looking. */
class Window implements Disposable {
  readonly focus = new Emitter<boolean>();
  readonly #attention = new Attention(true, this.focus.event, patienceMs);
  #hold: Disposable | undefined;

  constructor(connection: ClusterConnection) {
    const follow = (): void => {
      this.#hold?.dispose();
      this.#hold = this.#attention.isPaid ? connection.watch() : undefined;
    };
    this.#attention.onDidChange(follow);
    follow();
  }

  get isWatching(): boolean {
    return this.#hold !== undefined;
  }

  dispose(): void {
    this.#attention.dispose();
    this.#hold?.dispose();
  }
}

describe('a window in the background', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  const opened: Disposable[] = [];
  let lab: Lab | undefined;
  let port: number;
  let connection: ClusterConnection;
  let window: Window;
  let asked = 0;
  const count = (): void => {
    asked += 1;
  };
  const wasAsked = (): boolean => asked > 0;

  beforeEach(async () => {
    lab = await startLab({
      scenario: empty,
      createRuntime: (view) => createRuntime(view),
      port: 0,
      generatedPods: 20,
      onError: (where, error) => assert.fail(`${where}: ${String(error)}`),
    });
    port = Number(new URL(lab.server).port);
    // The lab takes its own along when it goes.
    const file = path.join(folder.path, 'config');
    copyFileSync(lab.kubeconfig, file);
    const kubeconfigs = new Kubeconfigs({ file });
    const contexts = await kubeconfigs.read();
    assert.ok(contexts.is === 'read' && contexts.contexts[0] !== undefined);
    const environment = { ...processEnvironment(), random: () => 0.002 };
    const client = createClient(kubeconfigs, contexts.contexts[0], environment);
    connection = createConnection({ client, idleGraceMs: graceMs });
    window = new Window(connection);
    opened.push(kubeconfigs, client, connection, window);
    diagnostics.subscribe('http.server.request.start', count);
    diagnostics.subscribe('net.server.socket', count);
    await waitFor(connection.onDidChangeState, () => connection.state.is === 'live');
  });
  afterEach(async () => {
    diagnostics.unsubscribe('http.server.request.start', count);
    diagnostics.unsubscribe('net.server.socket', count);
    for (const each of opened.splice(0).reverse()) each.dispose();
    await lab?.close();
  });

  const letGo = async (): Promise<void> => {
    window.focus.fire(false);
    await eventually(() => !window.isWatching);
    await waitFor(connection.onDidChangeState, () => connection.state.is === 'idle');
    // What was under way may still arrive.
    await delay(silenceMs);
    asked = 0;
    await delay(silenceMs);
  };

  it('asks the cluster for nothing after a while, and goes on when somebody is back', async () => {
    await letGo();
    assert.equal(wasAsked(), false);
    assert.equal(connection.snapshot.count('Pod'), 20);
    assert.equal(connection.snapshot.coverage('Pod').is, 'stale');
    window.focus.fire(true);
    await waitFor(connection.onDidChangeState, () => connection.state.is === 'live');
    assert.ok(wasAsked());
  });

  it('stops trying a cluster that is away, too', async () => {
    await lab?.close();
    lab = undefined;
    const nobody = net.createServer((socket) => socket.destroy());
    nobody.listen(port, '127.0.0.1');
    await once(nobody, 'listening');
    try {
      asked = 0;
      // It does try, again and again, as long as somebody may be looking.
      await eventually(() => asked > 20);
      await letGo();
      assert.equal(wasAsked(), false);
      window.focus.fire(true);
      await eventually(wasAsked);
    } finally {
      window.dispose();
      nobody.close();
    }
  });
});
