import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { recordingText } from './fixtures.ts';
import { simplePod, TestLab } from './labClient.ts';

interface Frame {
  channel: number;
  text: string;
}

interface Transcript {
  frames: Frame[];
  subprotocol?: string;
  close?: { code: number; reason: string };
  status?: number;
  body?: string;
}

interface RecordedExec extends Transcript {
  request: string;
}

function recorded(name: string): RecordedExec {
  return JSON.parse(recordingText(name)) as RecordedExec;
}

/** Opens a stream, plays `sent` frames into it, and writes down what comes. */
async function talk(
  lab: TestLab,
  path: string,
  options: { protocols?: string[]; sent?: Buffer[]; token?: string } = {},
): Promise<Transcript> {
  const socket = new WebSocket(
    `${lab.lab.server.replace('https', 'wss')}${path}`,
    options.protocols ?? ['v5.channel.k8s.io'],
    {
      ca: lab.authority,
      headers: { Authorization: `Bearer ${options.token ?? lab.token}` },
    },
  );
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => {
    frames.push({ channel: data[0] ?? -1, text: data.subarray(1).toString() });
  });
  const refused = once(socket, 'unexpected-response') as Promise<[unknown, IncomingMessage]>;
  const opened = await Promise.race([
    once(socket, 'open').then(() => undefined),
    refused.then(([, response]) => response),
  ]);
  if (opened) {
    let body = '';
    for await (const chunk of opened.setEncoding('utf8') as AsyncIterable<string>) body += chunk;
    return { frames, status: opened.statusCode ?? 0, body };
  }
  for (const frame of options.sent ?? []) socket.send(frame);
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return { frames, subprotocol: socket.protocol, close: { code, reason: reason.toString() } };
}

describe('exec over WebSocket', () => {
  let lab: TestLab;
  const base = '/api/v1/namespaces/default/pods/testpod1/exec';
  before(async () => {
    lab = await TestLab.start();
    const spec = { nodeName: 'node1', containers: [{ name: 'c01', image: 'nginx' }] };
    await lab.create('/api/v1/namespaces/default/pods', simplePod('testpod1', { spec }));
    await lab.create(
      '/api/v1/namespaces/default/pods',
      simplePod('unplaced', { spec: { nodeSelector: { no: 'where' } } }),
    );
    await lab.until(async () => {
      const pod = await lab.ok<{ status: { phase: string } }>('/api/v1/namespaces/default/pods/testpod1');
      return pod.status.phase === 'Running' ? true : undefined;
    });
  });
  after(() => lab.stop());
  const query = (command: string[], more = ''): string =>
    `${base}?container=c01&stdout=true&stderr=true${more}${command.map((word) => `&command=${encodeURIComponent(word)}`).join('')}`;

  it('success: the recorded frames', async () => {
    const { frames, subprotocol, close } = await talk(lab, query(['echo', 'open']));
    const real = recorded('exec-bash-dev-tcp.json');
    assert.deepEqual(
      { frames, subprotocol, close },
      { frames: real.frames, subprotocol: real.subprotocol, close: real.close },
    );
  });

  it('an exit code: the recorded status on v5 and on v4', async () => {
    const v5 = await talk(lab, query(['exit', '7']));
    assert.deepEqual(v5.frames.at(-1), recorded('exec-stdin-half-close.json').frames.at(-1));
    const real = recorded('exec-stdin-half-close-v4.json');
    const v4 = await talk(lab, query(['exit', '7']), { protocols: ['v4.channel.k8s.io'] });
    assert.equal(v4.subprotocol, 'v4.channel.k8s.io');
    const plain = (frame: Frame | undefined): string =>
      (frame?.text ?? '').replace(/\[.*\], exit/, '[COMMAND], exit');
    assert.equal(plain(v4.frames.at(-1)), plain(real.frames.at(-1)));
  });

  it('a missing program: an InternalError Status of the recorded form', async () => {
    const { frames } = await talk(lab, query(['missing']));
    const real = recorded('exec-curl-missing.json');
    const plain = (frame: Frame | undefined): string =>
      (frame?.text ?? '').replace(/error executing command in container: [^}]*?(?="\}|",)/g, 'WHY');
    assert.deepEqual(frames.map(plain), real.frames.map(plain));
    assert.match(frames.at(-1)?.text ?? '', /"reason":"InternalError"/);
  });

  it('refusals before the upgrade: the recorded bodies', async () => {
    for (const name of ['exec-no-such-pod.json', 'exec-no-such-container.json']) {
      const real = recorded(name);
      const { status, body } = await talk(lab, real.request.slice('GET '.length));
      assert.deepEqual({ status, body }, { status: real.status, body: real.body }, name);
    }
    const real = recorded('exec-forbidden.json');
    const { status, body } = await talk(lab, real.request.slice('GET '.length), { token: lab.viewerToken });
    assert.deepEqual({ status, body }, { status: real.status, body: real.body });
  });

  it('other refusals: no token, no stream asked for, no node yet, no protocol of ours', async () => {
    assert.equal((await talk(lab, query(['true']), { token: 'wrong' })).status, 401);
    const none = await talk(lab, `${base}?container=c01&command=true`);
    assert.match(none.body ?? '', /you must specify at least 1 of stdin, stdout, stderr/);
    const waiting = await talk(lab, '/api/v1/namespaces/default/pods/unplaced/exec?stdout=true&command=true');
    assert.equal(waiting.status, 400);
    assert.match(waiting.body ?? '', /pod unplaced does not have a host assigned/);
    const old = await talk(lab, query(['true']), { protocols: ['channel.k8s.io'] });
    assert.equal(old.status, 400);
  });

  it('v5: [255, 0] ends standard input, and what came before it arrives', async () => {
    const sent = [Buffer.from('\0first\n'), Buffer.from('\0second\n'), Buffer.from([255, 0])];
    const { frames } = await talk(lab, query(['cat'], '&stdin=true'), { sent });
    const output = frames.filter(({ channel }) => channel === 1).map(({ text }) => text);
    assert.equal(output.join(''), 'first\nsecond\n');
    assert.equal(frames.at(-1)?.text, '{"metadata":{},"status":"Success"}');
  });

  it('a terminal hears of its size, and of nothing that is no size', async () => {
    const size = Buffer.concat([Buffer.from([4]), Buffer.from('{"Width":80,"Height":24}')]);
    const sent = [Buffer.from('\u0004nonsense'), size, Buffer.from([255, 0])];
    const before = lab.runtime.sizes.length;
    await talk(lab, query(['cat'], '&stdin=true&tty=true'), { sent });
    assert.deepEqual(lab.runtime.sizes.slice(before), ['80x24']);
  });

  it('kills a process with standard input when its client goes', async () => {
    const socket = new WebSocket(
      `${lab.lab.server.replace('https', 'wss')}${query(['cat'], '&stdin=true')}`,
      ['v5.channel.k8s.io'],
      {
        ca: lab.authority,
        headers: { Authorization: `Bearer ${lab.token}` },
      },
    );
    await once(socket, 'open');
    await once(socket, 'message');
    const before = lab.runtime.killed;
    socket.terminate();
    await lab.until(() => (lab.runtime.killed > before ? true : undefined));
  });
});
