import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { mock } from 'node:test';
import { createExec } from '../../../../src/cluster/exec/exec.ts';
import type { ClusterClient } from '../../../../src/cluster/transport/client.ts';
import type { Exec, ExecOutcome, ExecRequest } from '../../../../src/probe/exec.ts';
import { ExecServer, type Session } from '../support/execServer.ts';
import { resolvedContext, testClient } from '../support/client.ts';
import { eventually } from '../support/waitFor.ts';

const target = { namespace: 'default', pod: 'testpod1', container: 'c01' };

describe('exec', () => {
  let server: ExecServer;
  let client: ClusterClient;
  let exec: Exec;

  beforeEach(async () => {
    server = await new ExecServer().start();
    client = testClient(resolvedContext(server.url));
    exec = createExec({ client });
  });
  afterEach(async () => {
    client.dispose();
    await server.stop();
  });

  const run = (
    request: Partial<ExecRequest> = {},
    signal = new AbortController().signal,
  ): Promise<ExecOutcome> => exec.run({ target, command: ['true'], timeoutMs: 5_000, ...request }, signal);

  it('asks for the program as argv, without a shell', async () => {
    await run({ command: ['sh', '-c', 'echo "$0" & ä', ''], target: { ...target, pod: 'a/b?c' } });
    const [session] = server.sessions;
    assert.equal(session?.url.pathname, '/api/v1/namespaces/default/pods/a%2Fb%3Fc/exec');
    assert.deepEqual(
      [...session.url.searchParams],
      [
        ['container', 'c01'],
        ['stdin', 'false'],
        ['stdout', 'true'],
        ['stderr', 'true'],
        ['tty', 'false'],
        ['command', 'sh'],
        ['command', '-c'],
        ['command', 'echo "$0" & ä'],
        ['command', ''],
      ],
    );
    assert.equal(session.headers['sec-websocket-protocol'], 'v5.channel.k8s.io,v4.channel.k8s.io');
  });

  it('gives exit code and both outputs, whole where frames cut them into bytes', async () => {
    const text = 'fünf € 🚀\n';
    server.program = (session) => {
      for (const byte of Buffer.from(text)) {
        session.send(1, Buffer.from([byte]));
        session.send(2, Buffer.from([byte]));
      }
      session.exit(7);
    };
    assert.deepEqual(await run(), {
      is: 'exited',
      exitCode: 7,
      stdout: text,
      stderr: text,
      truncated: false,
    });
  });

  it('cuts outputs at the limit, never inside a character', async () => {
    server.program = (session) => {
      session.send(1, 'aé'.repeat(10));
      session.send(1, 'more');
      session.exit(0);
    };
    assert.deepEqual(await run({ outputLimit: 5 }), {
      is: 'exited',
      exitCode: 0,
      stdout: 'aéa',
      stderr: '',
      truncated: true,
    });
  });

  it('sends standard input and closes it', async () => {
    const stdin = `${'x'.repeat(100_000)}\nEND\n`;
    server.program = (session) => {
      void session
        .until(() => session.stdinEnded)
        .then(() => {
          session.send(1, String(session.stdin.length));
          session.exit(0);
        });
    };
    const outcome = await run({ stdin });
    assert.equal(outcome.is === 'exited' && outcome.stdout, String(stdin.length));
  });

  it('leaves standard input open on v4, which could only close everything', async () => {
    server.protocols = ['v4.channel.k8s.io'];
    server.program = (session) => {
      void session
        .until(() => session.stdin.endsWith('END\n'))
        .then(() => {
          assert.equal(session.stdinEnded, false);
          session.send(1, 'read');
          session.exit(3);
        });
    };
    const outcome = await run({ stdin: 'target\nEND\n' });
    assert.equal(outcome.is === 'exited' && `${outcome.exitCode} ${outcome.stdout}`, '3 read');
  });

  it('calls a connection closed without a status no result', async () => {
    server.program = (session) => {
      session.send(1, 'half');
      session.socket.close(1011, 'proxy restarted');
    };
    assert.deepEqual(await run(), {
      is: 'no-status',
      message: 'The connection closed without an exit status (code 1011, proxy restarted).',
      stdout: 'half',
      stderr: '',
      truncated: false,
    });
  });

  it('calls a cut connection a transport fault, with the output so far', async () => {
    server.program = (session) => {
      session.send(2, 'part');
      setImmediate(() => session.socket.terminate());
    };
    const outcome = await run();
    assert.equal(outcome.is, 'transport-failed');
    assert.equal(outcome.stderr, 'part');
  });

  it('takes output that comes after the status', async () => {
    server.program = (session) => {
      session.send(3, '{"status":"Success"}');
      session.send(1, 'late');
      session.socket.close(1000);
    };
    assert.deepEqual(await run(), {
      is: 'exited',
      exitCode: 0,
      stdout: 'late',
      stderr: '',
      truncated: false,
    });
  });

  it('does not wait for a server that never closes after the status', async () => {
    server.program = (session) => {
      session.send(3, '{"status":"Success"}');
    };
    assert.equal((await run()).is, 'exited');
  });

  for (const [what, frame] of [
    ['an unreadable status', 'not json'],
    ['a status that is no object', '7'],
  ] as const) {
    it(`calls ${what} none`, async () => {
      server.program = (session) => {
        session.send(3, frame);
        session.socket.close(1000);
      };
      assert.equal((await run()).is, 'no-status');
    });
  }

  it('calls a failure of the kubelet a transport fault', async () => {
    server.program = (session) => {
      session.send(
        3,
        JSON.stringify({ status: 'Failure', reason: 'InternalError', message: 'error dialing backend' }),
      );
      session.socket.close(1000);
    };
    const outcome = await run();
    assert.equal(outcome.is === 'transport-failed' && outcome.message, 'error dialing backend');
  });

  for (const [runtime, stderr, code] of [
    [
      'CRI-O with crun',
      'time="…" level=error msg="exec failed: exec: executable file `curl` not found in $PATH: No such file or directory"\n',
      127,
    ],
    [
      'CRI-O with runc',
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "/x": stat /x: no such file or directory: unknown',
      126,
    ],
    [
      'CRI-O',
      'exec failed: unable to start container process: exec: "curl": executable file not found in $PATH',
      255,
    ],
  ] as const) {
    it(`hears from ${runtime} that the program is missing`, async () => {
      server.program = (session) => {
        session.send(2, stderr);
        session.exit(code);
      };
      assert.equal((await run()).is, 'program-missing');
    });
  }

  for (const stderr of ['sh: curl: not found\n', 'bash: line 1: /etc: Is a directory\n', '']) {
    it(`leaves 127 to a program that ran and said ${JSON.stringify(stderr)}`, async () => {
      server.program = (session) => {
        session.send(2, stderr);
        session.exit(127);
      };
      const outcome = await run();
      assert.equal(outcome.is === 'exited' && outcome.exitCode, 127);
    });
  }

  it('tells a refusal before the upgrade with its status, also where it is not JSON', async () => {
    server.refuse = () => ({ status: 502, body: '<html>Bad gateway</html>' });
    const outcome = await run();
    assert.equal(outcome.is, 'refused');
    assert.equal(outcome.httpStatus, 502);
    assert.match(outcome.message, /exec: HTTP 502/);
  });

  it('signs in again once after 401', async () => {
    let asked = 0;
    server.refuse = () => (asked++ === 0 ? { status: 401, body: '{}' } : undefined);
    assert.equal((await run()).is, 'exited');
    assert.equal(asked, 2);
  });

  it('says that a server without our protocols cannot be used', async () => {
    server.protocols = [];
    const outcome = await run();
    assert.equal(outcome.is, 'transport-failed');
    assert.match(outcome.message, /subprotocol/);
  });

  it('gives up after the time-out, and ends what it can', async () => {
    server.program = (session) => session.send(1, 'so far');
    const outcome = await run({ timeoutMs: 150, stdin: 'x' });
    assert.deepEqual(outcome, { is: 'timed-out', stdout: 'so far', stderr: '', truncated: false });
    const session = server.sessions[0]!;
    await session.until(() => session.closed);
    assert.equal(session.stdinEnded, true);
  });

  it('gives up a server that never answers the upgrade, and tells one that is not there', async () => {
    const silent = net.createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const away = testClient(resolvedContext(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`));
    const runAway = (): Promise<ExecOutcome> =>
      createExec({ client: away }).run(
        { target, command: ['true'], timeoutMs: 200 },
        new AbortController().signal,
      );
    assert.equal((await runAway()).is, 'timed-out');
    silent.close();
    await once(silent, 'close');
    const outcome = await runAway();
    assert.equal(outcome.is, 'transport-failed');
    assert.match(outcome.message, /refused/);
    away.dispose();
  });

  it('stops when cancelled, before and while it runs', async () => {
    server.program = () => undefined;
    const controller = new AbortController();
    const running = run({}, controller.signal);
    await eventually(() => server.sessions.length === 1);
    controller.abort();
    await assert.rejects(running, { name: 'AbortError' });
    const session = server.sessions[0]!;
    await session.until(() => session.closed);
    // A second exec ends the process that the first has left behind.
    await eventually(() => server.sessions.length === 2);
    const [program, , , ...rest] = server.sessions[1]!.url.searchParams.getAll('command');
    assert.equal(program, 'sh');
    assert.deepEqual(rest, ['sh', '0', 'true']);
    await assert.rejects(run({}, controller.signal), { name: 'AbortError' });
    assert.equal(server.sessions.length, 2);
  });

  it('pings, and gives up a server that says nothing for a minute', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      let pings = 0;
      server.program = (session) => {
        session.socket.on('ping', () => {
          pings += 1;
        });
      };
      const running = run({ timeoutMs: 9_000 });
      await eventually(() => server.sessions.length === 1);
      mock.timers.tick(5_000);
      await eventually(() => pings === 1);
      // From here on the server no longer reads, so it no longer answers.
      server.sessions[0]!.socket.pause();
      mock.timers.tick(70_000);
      const outcome = await running;
      assert.equal(outcome.is, 'transport-failed');
      assert.match(outcome.message, /nothing was heard for 60 s/);
    } finally {
      mock.timers.reset();
    }
  });

  it('runs eight at once, two on a node, and lets nobody wait behind a full node', async () => {
    const waiting: Session[] = [];
    server.program = (session) => waiting.push(session);
    const nodeOf = ({ pod }: { pod: string }): string | undefined => /^n\d/.exec(pod)?.[0];
    const limited = createExec({ client, nodeOf });
    const order = ['n1-a', 'n1-b', 'n1-c', 'n1-d', 'n2-a', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6'];
    const all = order.map((pod) =>
      limited.run(
        { target: { ...target, pod }, command: ['true'], timeoutMs: 8_000 },
        new AbortController().signal,
      ),
    );
    const pods = (): string[] => waiting.map(({ url }) => url.pathname.split('/')[6] ?? '').sort();
    await eventually(() => waiting.length === 8);
    assert.deepEqual(pods(), ['n1-a', 'n1-b', 'n2-a', 'x1', 'x2', 'x3', 'x4', 'x5']);
    waiting.find(({ url }) => url.pathname.includes('n1-a'))?.exit(0);
    await eventually(() => waiting.length === 9);
    assert.ok(pods().includes('n1-c'));
    server.program = (session) => session.exit(0);
    for (const session of waiting) session.exit(0);
    assert.equal((await Promise.all(all)).length, order.length);
  });
});
