import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { manyLines, markdownCodeBlock, markdownText, oneLine } from '../../../src/base/hostileText.ts';
import { shellQuote } from '../../../src/base/shellQuote.ts';
import { listText } from '../../../src/cli/list/asText.ts';
import { LogLines } from '../../../src/cluster/requests/logLines.ts';
import { ApiError } from '../../../src/cluster/transport/apiError.ts';
import { readers } from '../../../src/model/readObject.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import type { CheckRecord } from '../../../src/probe/check.ts';
import { kubectlCommand, reportLine, reportMarkdown, reportText } from '../../../src/probe/report.ts';
import { TerminalFilter } from '../../../src/ui/commands/terminalFilter.ts';
import { iconless, linkless } from '../../../src/ui/host/shownText.ts';
import { hostileStrings, unshowable } from './hostileStrings.ts';

/** What is shown of one hostile text is never longer than a screen or two. */
const longest = 200_000;

/** A check whose every text is the hostile one. */
function checked(text: string): CheckRecord {
  return {
    ...{ from: `pod/a/b:${text}`, to: text, url: text, tool: 'curl', detail: text, summary: text },
    ...{ verdict: 'inconclusive', reason: 'http-answer', httpStatus: null },
    timingsMs: { dns: null, connect: null, tls: null, total: null },
    ...{ remoteIp: text, exitCode: 1, command: ['sh', '-c', text], output: text, startedAt: text },
  };
}

function objects(text: string): Snapshot {
  const metadata = { namespace: text, name: text, uid: text, labels: { [text]: text } };
  const pod = {
    metadata,
    spec: {
      nodeName: text,
      containers: [{ name: text, image: text, ports: [{ containerPort: 80, name: text, protocol: text }] }],
      volumes: [{ name: text, hostPath: { path: text } }],
    },
    status: { phase: text, podIP: text, message: text },
  };
  const service = {
    metadata,
    spec: { selector: { [text]: text }, clusterIPs: [text], ports: [{ port: 80, name: text }] },
  };
  return Snapshot.of([readers.Pod(pod), readers.Service(service)]);
}

describe('hostile text', () => {
  for (const [name, text] of Object.entries(hostileStrings)) {
    describe(name, () => {
      it('is one harmless line in labels, messages and picks', () => {
        for (const shown of [oneLine(text), markdownText(text), iconless(text), linkless(text)]) {
          assert.doesNotMatch(shown, unshowable);
          assert.ok(shown.length <= 8_000);
        }
        assert.doesNotMatch(iconless(text), /(?<!\\)\$\(/);
        assert.doesNotMatch(linkless(text), /\]\(/);
        assert.doesNotMatch(markdownText(text), /(?<!\\)[[\]`*_]|<(?!\/?$)|\]\(/);
      });

      it('stays in its place in reports', () => {
        const record = checked(text);
        const markdown = reportMarkdown(record);
        for (const shown of [reportLine(record), reportText(record), markdown]) {
          for (const line of shown.split('\n')) assert.doesNotMatch(line.replaceAll('\t', ' '), unshowable);
          assert.ok(shown.length < longest * 2);
        }
        // Outside of code blocks no markup of the cluster's is left.
        const prose = markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '');
        assert.doesNotMatch(prose, /<script|<img|(?<!\\)!\[|(?<!\\)\]\(/);
      });

      it('cannot leave a code block', () => {
        const block = markdownCodeBlock(text);
        const [fence = ''] = /^`+/.exec(block) ?? [];
        const inside = block.split('\n').slice(1, -1);
        assert.ok(fence.length >= 3);
        assert.ok(inside.every((line) => !line.trimStart().startsWith(fence)));
        assert.ok(manyLines(text).length < longest);
      });

      it('is a table of whole rows in a terminal', () => {
        const readable = { Pod: true, Service: true, EndpointSlice: true };
        const table = listText(objects(text), readable, true);
        const lines = table.split('\n');
        for (const line of lines) assert.doesNotMatch(line, unshowable);
        assert.ok(table.length < longest * 10);
        assert.equal(lines.filter((line) => /^(Pods|Services|Volumes)/.test(line)).length, 3);
      });

      it('is a server’s refusal in one line', () => {
        const body = JSON.stringify({
          kind: 'Status',
          message: text,
          details: { causes: [{ message: text }] },
        });
        const error = new ApiError(422, body, {}, 'POST /x');
        for (const said of [error.message, ...error.causes.map(({ message }) => message)]) {
          assert.doesNotMatch(said, unshowable);
          assert.ok(said.length <= 600);
        }
      });

      it('neither speaks for the terminal nor makes endless log lines', () => {
        const filtered = new TerminalFilter().push(Buffer.from(`${text}\u001b]52;c;AAAA\u0007`));
        for (const start of ['\u001b]', '\u009d']) {
          const codes = filtered
            .split(start)
            .slice(1)
            .map((sequence) => /^\d*/.exec(sequence)?.[0]);
          for (const code of codes) assert.ok(!['52', '7', '9', '133', '633', '1337'].includes(code ?? ''));
        }
        const lines = new LogLines();
        for (const line of [...lines.add(Buffer.from(text)), ...lines.end()]) {
          assert.ok(line.length < 70_000);
        }
      });

      it('is one word of a command that is copied', () => {
        if (text.includes('\u0000') || /\p{Cs}/u.test(text) || text.length > 100_000) {
          // No argument can hold these; what is quoted is still one word.
          assert.ok(shellQuote([text]).startsWith("'") || text.length > 100_000);
          return;
        }
        const words = ['plain', text, ''];
        const script = `printf '%s\\0' ${shellQuote(words)}`;
        const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
        assert.deepEqual(stdout.split('\0').slice(0, -1), words);
        const command = kubectlCommand({ from: 'pod/a/b:c', command: ['echo', text] }, text) ?? '';
        spawnSync('/bin/sh', ['-c', `kubectl() { :; }; ${command}`]);
        assert.ok(!existsSync('/tmp/podnet-owned'));
      });
    });
  }
});
