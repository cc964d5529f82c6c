import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CheckRecord } from '../../../src/probe/check.ts';
import { verdictOf, type Reason } from '../../../src/probe/reason.ts';
import {
  kubectlCommand,
  milliseconds,
  reportLine,
  reportMarkdown,
  reportText,
} from '../../../src/probe/report.ts';
import { summaryOf } from '../../../src/probe/summary.ts';
import { texts } from '../../../src/probe/texts.ts';

const reachable: CheckRecord = {
  ...{ from: 'pod/default/testpod1:c01', to: 'pod/default/testpod2:80', url: 'http://10.244.2.3:80/' },
  ...{ tool: 'curl', verdict: 'reachable', reason: 'http-answer', detail: '200 …', httpStatus: 200 },
  timingsMs: { dns: 0.031, connect: 0.522, tls: null, total: 2.723 },
  ...{
    remoteIp: '10.244.2.3',
    exitCode: 0,
    command: ['curl', '-w', '\\n%{http_code}', "it's"],
    output: '\n200',
  },
  ...{ summary: 'http://10.244.2.3:80/ answered with HTTP 200.', startedAt: '2026-01-02T03:04:05.000Z' },
};

describe('reports', () => {
  it('give the kubectl command that does the same, quoted', () => {
    assert.equal(
      kubectlCommand(reachable, 'my ctx'),
      String.raw`kubectl --context 'my ctx' exec -n default testpod1 -c c01 -- curl -w '\n%{http_code}' 'it'\''s'`,
    );
    assert.equal(kubectlCommand({ ...reachable, from: 'https://x' }), undefined);
  });

  it('as one line', () => {
    assert.equal(
      reportLine(reachable),
      'reachable (HTTP 200) in 2.7 ms: pod/default/testpod1:c01 → pod/default/testpod2:80. ' +
        'http://10.244.2.3:80/ answered with HTTP 200.',
    );
  });

  it('as Markdown', () => {
    assert.equal(
      reportMarkdown(reachable),
      String.raw`**reachable \(HTTP 200\)**: http\://10\.244\.2\.3\:80/ answered with HTTP 200\.

| | |
|---|---|
| From | pod/default/testpod1\:c01 |
| To | pod/default/testpod2\:80 |
| Asked | http\://10\.244\.2\.3\:80/ |
| Verdict | reachable \(HTTP 200\) |
| Tool | curl |
| Exit code | 0 |
| Remote address | 10\.244\.2\.3 |
| Times | name looked up after 0\.03 ms, connected after 0\.52 ms, done after 2\.7 ms |
| When | 2026\-01\-02T03\:04\:05\.000Z |

${'```'}sh
kubectl exec -n default testpod1 -c c01 -- curl -w '\n%{http_code}' 'it'\''s'
${'```'}

${'```'}text

200
${'```'}
`,
    );
  });

  it('as text show what was printed only where something is wrong', () => {
    assert.equal(reportText(reachable).split('\n').length, 2);
    const refused = reportText({
      ...reachable,
      verdict: 'refused',
      reason: 'refused',
      httpStatus: null,
      output: 'curl: (7) a\nb\n',
    });
    assert.match(refused, /kubectl exec -n default testpod1/);
    assert.match(refused, / {2}\| curl: \(7\) a\n {2}\| b$/);
  });

  it('keep hostile text from becoming anything else', () => {
    const hostile = '\u001b[31m\u202e](command:evil) <script> | `x` ``` \n# head\n```\n';
    const record: CheckRecord = {
      ...reachable,
      detail: hostile,
      output: hostile,
      summary: hostile,
      to: hostile,
      verdict: 'refused',
    };
    for (const text of [reportMarkdown(record), reportLine(record), reportText(record)]) {
      for (const control of ['\u001b', '\u202e']) assert.equal(text.includes(control), false);
    }
    const markdown = reportMarkdown(record);
    const outside = markdown.replace(/^(`{3,})[^]*?^\1$/gm, '');
    assert.equal(/(?<!\\)\]\(|<script|^# /m.test(outside), false, outside);
    assert.equal(reportLine(record).includes('\n'), false);
  });

  it('show times in the unit that reads best', () => {
    assert.deepEqual([0.0312, 2.723, 250.4, 3001.6].map(milliseconds), [
      '0.03 ms',
      '2.7 ms',
      '250 ms',
      '3.0 s',
    ]);
  });
});

describe('summaries', () => {
  const reasons = Object.keys(verdictOf) as Reason[];

  it('have a sentence for every reason, with placeholders that exist', () => {
    assert.deepEqual(Object.keys(texts).sort(), [...reasons].sort());
    for (const reason of reasons) {
      const { id, template, args, text } = summaryOf({ ...reachable, reason, detail: 'DETAIL', exitCode: 7 });
      assert.equal(id, reason);
      for (const [, index] of template.matchAll(/\{(\d+)\}/g))
        assert.ok(Number(index) < args.length, template);
      assert.equal(/\{\d\}/.test(text), false, text);
      assert.match(text, /[.)A-Z]$/, text);
      if (verdictOf[reason] === 'inconclusive') assert.match(text, /^Not found out: /);
      if (verdictOf[reason] === 'reachable')
        assert.match(text, /answered|accepts connections|resolves|was read/);
    }
  });

  it('never read what a tool printed as a placeholder', () => {
    const { text } = summaryOf({ ...reachable, reason: 'refused', detail: '{0}{5}$&' });
    assert.ok(text.endsWith('({0}{5}$&)'), text);
  });

  it('are text whatever the record holds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...reasons), fc.string(), fc.string(), (reason, detail, url) => {
        assert.ok(summaryOf({ ...reachable, reason, detail, url }).text.length > 0);
      }),
    );
  });
});

describe('docs/checks.md', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../../docs/checks.md'), 'utf8');

  it('describes every reason, with its verdict, and nothing else', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| ([a-z-]+) \|/gm)].map(([, reason, verdict]) => [
      reason,
      verdict,
    ]);
    assert.deepEqual(rows, Object.entries(verdictOf));
  });

  it('describes every verdict', () => {
    for (const verdict of new Set(Object.values(verdictOf)))
      assert.ok(page.includes(`| \`${verdict}\` |`), verdict);
  });
});
