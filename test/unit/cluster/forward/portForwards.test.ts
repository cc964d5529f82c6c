import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createPortForwards } from '../../../../src/cluster/forward/portForwards.ts';
import type { ClusterClient } from '../../../../src/cluster/transport/client.ts';
import type { PortForward } from '../../../../src/model/requests.ts';
import { resolvedContext, testClient } from '../support/client.ts';
import { ExecServer, type Session } from '../support/execServer.ts';
import { eventually, waitFor } from '../support/waitFor.ts';

const never = new AbortController().signal;
const target = { namespace: 'shop', pod: 'web', port: 0x1f90 };

/** A kubelet on a real socket; what it does with a connection is the test's. */
describe('port-forward', () => {
  let kubelet: ExecServer;
  let client: ClusterClient;
  let forwards: ReturnType<typeof createPortForwards>;
  let forward: PortForward | undefined;

  beforeEach(async () => {
    kubelet = await new ExecServer().start();
    kubelet.program = named;
    client = testClient(resolvedContext(kubelet.url));
    forwards = createPortForwards({ client });
  });
  afterEach(async () => {
    forwards.dispose();
    client.dispose();
    await kubelet.stop();
  });

  /** As the kubelet begins: each channel's first frame is the port, little-endian. */
  function named(session: Session): void {
    session.send(0, Buffer.from([0x90, 0x1f]));
    session.send(1, Buffer.from([0x90, 0x1f]));
  }

  async function connect(): Promise<net.Socket> {
    forward = await forwards.open(0, () => target, never);
    const socket = net.connect(forward.localPort, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }

  it('asks for the port of the pod in the channel protocol that every kubelet speaks', async () => {
    const socket = await connect();
    const [first] = kubelet.sessions;
    assert.equal(first?.protocol, 'v4.channel.k8s.io');
    assert.equal(first.url.pathname, '/api/v1/namespaces/shop/pods/web/portforward');
    assert.deepEqual([...first.url.searchParams], [['ports', '8080']]);
    socket.destroy();
  });

  it('keeps every byte in both directions, however slow the reader is', async () => {
    kubelet.program = (session) => {
      named(session);
      session.socket.on('message', (frame: Buffer) => {
        if (frame[0] === 0) session.socket.send(frame);
      });
    };
    const socket = await connect();
    const sent = Buffer.alloc(6 << 20);
    for (let at = 0; at < sent.length; at += 1) sent[at] = (at * 31 + (at >> 8)) & 0xff;
    const parts: Buffer[] = [];
    let size = 0;
    const all = new Promise<void>((resolve) => {
      socket.on('data', (bytes) => {
        parts.push(bytes);
        size += bytes.length;
        if (size >= sent.length) resolve();
      });
    });
    socket.pause();
    socket.write(sent);
    await new Promise((done) => setTimeout(done, 100));
    socket.resume();
    await all;
    socket.destroy();
    assert.ok(Buffer.concat(parts).equals(sent));
  });

  it('ends the local side with the pod’s, and resets it where the answer was cut', async () => {
    for (const cut of [false, true]) {
      kubelet.program = (session) => {
        named(session);
        session.socket.once('message', () => {
          session.send(0, 'half an answer');
          if (cut) setTimeout(() => session.socket.terminate(), 20);
          else session.socket.close(1000);
        });
      };
      const socket = await connect();
      socket.write('hello');
      if (cut) {
        await assert.rejects(buffer(socket), { code: 'ECONNRESET' });
        assert.ok(forward);
        await waitFor(forward.onDidChangeState, () => forward?.state.is === 'failing');
      } else assert.equal((await buffer(socket)).toString(), 'half an answer');
      forward?.dispose();
    }
  });

  it('closes the way to the pod when the client leaves', async () => {
    const socket = await connect();
    await eventually(() => kubelet.sessions.length === 2);
    socket.destroy();
    const second = kubelet.sessions[1];
    await second?.until(() => second.closed);
    assert.equal(second?.closed, true);
  });

  it('tells a missing right without trying again, and tries again where a pod went', async () => {
    const socket = await connect();
    await eventually(() => kubelet.sessions.length === 2);
    socket.destroy();
    let asked = 0;
    const code = { status: 403 };
    kubelet.refuse = () => {
      asked += 1;
      const gone = code.status === 404 && asked > 2;
      return gone
        ? undefined
        : { status: code.status, body: JSON.stringify({ kind: 'Status', message: 'no' }) };
    };
    const open = assertForward();
    const second = net.connect(open.localPort, '127.0.0.1');
    await assert.rejects(once(second, 'end'), { code: 'ECONNRESET' });
    assert.equal(asked, 1);
    assert.deepEqual(open.state, { is: 'failing', message: 'no' });
    code.status = 404;
    asked = 0;
    const third = net.connect(open.localPort, '127.0.0.1');
    await waitFor(open.onDidChangeState, () => open.state.is === 'open');
    assert.equal(asked, 3);
    third.destroy();
  });

  function assertForward(): PortForward {
    assert.ok(forward);
    return forward;
  }
});
