import assert from 'node:assert/strict';
import { createTerminals } from '../../../../src/cluster/exec/terminals.ts';
import type { ClusterClient } from '../../../../src/cluster/transport/client.ts';
import type { TerminalSession } from '../../../../src/model/terminal.ts';
import { ExecServer } from '../support/execServer.ts';
import { resolvedContext, testClient } from '../support/client.ts';
import { eventually } from '../support/waitFor.ts';

const target = { namespace: 'default', pod: 'testpod1', container: 'c01' };

describe('a terminal', () => {
  let server: ExecServer;
  let client: ClusterClient;
  beforeEach(async () => {
    server = await new ExecServer().start();
    client = testClient(resolvedContext(server.url));
  });
  afterEach(async () => {
    client.dispose();
    await server.stop();
  });

  const open = (signal = new AbortController().signal): Promise<TerminalSession> =>
    createTerminals({ client }).open(target, ['sh'], { columns: 80, rows: 24 }, signal);

  it('shows what was printed before anybody listened, sends keys and sizes, tells the exit code', async () => {
    server.program = (session) => {
      session.send(1, '');
      session.send(1, '$ ');
    };
    const terminal = await open();
    let shown = '';
    terminal.onDidReceive((bytes) => {
      shown += Buffer.from(bytes).toString();
    });
    assert.equal(shown, '$ ');
    const session = server.sessions[0]!;
    assert.equal(session.url.search.includes('tty=true'), true);
    assert.equal(session.url.searchParams.get('stderr'), 'false');
    terminal.write('exit 4\r');
    terminal.resize(120, 40);
    await session.until(() => session.sizes.length === 2);
    assert.equal(session.stdin, 'exit 4\r');
    assert.deepEqual(session.sizes, [
      { Width: 80, Height: 24 },
      { Width: 120, Height: 40 },
    ]);
    session.send(1, 'bye\r\n');
    session.exit(4);
    assert.deepEqual(await terminal.ended, { exitCode: 4, message: 'The process ended with exit code 4.' });
    assert.equal(shown, '$ bye\r\n');
  });

  it('opens for a program that stays silent', async () => {
    server.program = () => undefined;
    const terminal = await open();
    terminal.close();
    const session = server.sessions[0]!;
    await session.until(() => session.closed);
    assert.equal(session.stdinEnded, true);
    assert.equal((await terminal.ended).exitCode, undefined);
  });

  it('says which program is missing where', async () => {
    server.program = (session) => {
      session.send(1, '');
      const message =
        'error: exec failed: unable to start container process: exec: "sh": executable file not found in $PATH';
      session.send(3, JSON.stringify({ status: 'Failure', reason: 'InternalError', message, code: 500 }));
      session.socket.close(1000);
    };
    await assert.rejects(open(), {
      code: 'program-missing',
      message: /^There is no program "sh" in container c01 of pod default\/testpod1: /,
    });
  });

  it('fails where the server refuses or the connection ends at once', async () => {
    server.program = (session) => session.socket.terminate();
    await assert.rejects(open(), { code: 'terminal-failed' });
    server.refuse = () => ({ status: 403, body: '{"kind":"Status","message":"no exec for you"}' });
    await assert.rejects(open(), { code: 'forbidden', message: 'no exec for you' });
  });

  it('tells a cut connection from an end', async () => {
    server.program = (session) => session.send(1, '$ ');
    const terminal = await open();
    server.sessions[0]!.socket.terminate();
    const { exitCode, message } = await terminal.ended;
    assert.equal(exitCode, undefined);
    assert.match(message, /^The connection broke/);
  });

  it('can be cancelled while it opens', async () => {
    server.program = () => undefined;
    const controller = new AbortController();
    const opening = open(controller.signal);
    await eventually(() => server.sessions.length === 1);
    controller.abort();
    await assert.rejects(opening, { name: 'AbortError' });
    const session = server.sessions[0]!;
    await session.until(() => session.closed);
  });
});
