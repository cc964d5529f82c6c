import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createExec } from '../../../../src/cluster/exec/exec.ts';
import type { ExecOutcome } from '../../../../src/probe/exec.ts';
import { ExecServer } from '../support/execServer.ts';
import { resolvedContext, testClient } from '../support/client.ts';

interface Transcript {
  readonly request: string;
  readonly subprotocol?: string;
  readonly frames: readonly { readonly channel: number; readonly text: string }[];
  readonly close?: { readonly code: number };
  readonly status?: number;
  readonly body?: string;
}

const folder = path.join(import.meta.dirname, '../../../fixtures/recordings');
const files = readdirSync(folder).filter((file) => /^exec-.*\.json$/.test(file));

/** What each transcript of the real cluster means. */
const expected: Readonly<Record<string, string>> = {
  'exec-bash-dev-tcp.json': 'exited 0 "open\\n" ""',
  'exec-curl-dropped.json':
    'exited 28 "\\n000 0.000027 0.000000 2.001583 " "curl: (28) Failed to connect to 10.244.1.250 port 80 after 2001 ms: Timeout was reached\\n"',
  'exec-curl-missing.json': 'program-missing',
  'exec-curl-pod-ip.json': 'exited 0 "\\n200 0.000031 0.000522 0.002723 10.244.2.3" ""',
  'exec-curl-refused.json':
    'exited 7 "\\n000 0.000020 0.000000 0.000226 " "curl: (7) Failed to connect to 10.244.2.3 port 81 after 0 ms: Couldn\'t connect to server\\n"',
  'exec-curl-service-dns.json': 'exited 0 "\\n200 0.003698 0.003845 0.005211 10.96.4.5" ""',
  'exec-curl-unknown-host.json':
    'exited 6 "\\n000 0.000000 0.000000 0.001645 " "curl: (6) Could not resolve host: nosuch.default.svc.cluster.local.\\n"',
  'exec-forbidden.json':
    'refused 403 pods "testpod1" is forbidden: User "viewer" cannot get resource "pods/exec" in API group "" in the namespace "default"',
  'exec-no-shell.json': 'program-missing',
  'exec-no-such-container.json': 'refused 400 container nope is not valid for pod testpod1',
  'exec-no-such-pod.json': 'refused 404 pods "nosuch" not found',
  'exec-shared-volume-read.json': 'exited 0 "marker\\n" ""',
  'exec-shared-volume-write.json': 'exited 0 "" ""',
  'exec-stdin-half-close-v4.json': 'exited 7 "got a\\n" ""',
  'exec-stdin-half-close.json': 'exited 7 "got a\\ngot b\\n" "end\\n"',
};

function inWords(outcome: ExecOutcome): string {
  if (outcome.is === 'exited') {
    return `exited ${outcome.exitCode} ${JSON.stringify(outcome.stdout)} ${JSON.stringify(outcome.stderr)}`;
  }
  return outcome.is === 'refused' ? `refused ${outcome.httpStatus} ${outcome.message}` : outcome.is;
}

describe('exec, replaying a real cluster', () => {
  let server: ExecServer;
  before(async () => {
    server = await new ExecServer().start();
  });
  after(() => server.stop());

  it('has an expectation for every transcript', () => {
    assert.deepEqual(files, Object.keys(expected).sort());
  });

  for (const file of files) {
    it(`reads ${file}`, async () => {
      const transcript = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Transcript;
      const query = new URL(transcript.request.replace('GET ', ''), 'http://server').searchParams;
      server.protocols = [transcript.subprotocol ?? 'v5.channel.k8s.io'];
      server.refuse = () =>
        transcript.status === undefined
          ? undefined
          : { status: transcript.status, body: transcript.body ?? '' };
      server.program = (session) => {
        for (const frame of transcript.frames) session.send(frame.channel, frame.text);
        session.socket.close(transcript.close?.code);
      };
      const client = testClient(resolvedContext(server.url));
      const outcome = await createExec({ client }).run(
        {
          target: { namespace: 'default', pod: 'p', container: query.get('container') ?? '' },
          command: query.getAll('command'),
          timeoutMs: 5_000,
          ...(query.has('stdin') && { stdin: 'a\nb\n' }),
        },
        new AbortController().signal,
      );
      client.dispose();
      assert.equal(inWords(outcome), expected[file]);
    });
  }
});
