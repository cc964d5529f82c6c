import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { useTranslations } from '../../../src/base/l10n.ts';
import { explainNetworkError } from '../../../src/cluster/transport/explain.ts';
import { isRecord } from '../../../src/model/json.ts';
import { answerQuery } from '../../../src/reach/query.ts';
import type { World } from '../../../src/reach/world.ts';
import { worldOfObjects } from '../../../src/reach/worldOfObjects.ts';
import { families, lintText } from '../../../src/rules/index.ts';
import { lookAt } from '../../../src/trace/look.ts';
import { resolveQuestion } from '../../../src/trace/question.ts';
import { explain } from '../../../src/trace/trace.ts';

const root = path.join(import.meta.dirname, '../../..');
const english = JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.json'), 'utf8')) as Record<
  string,
  string
>;

/** A pseudo-translation: every Latin letter becomes a full-width one, so that what was not said shows. */
const wide = Object.fromEntries(
  Object.keys(english).map((text) => [
    text,
    text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  ]),
);

/** Words that no name, field or value of the examples holds: where one of them is left, a text was not said. */
const left = /\b(?:the|is|are|was|has|have|not|this|that|which|it|its|and|to|of|in|by|with|no|none)\b/;

function assertTranslated(text: string, what: string): void {
  assert.match(text, /[\uff21-\uff5a]/u, `${what}: ${text}`);
  // Quoted are what the manifest says.
  assert.doesNotMatch(text.replace(/"[^"]*"/g, ''), left, `${what}: ${text}`);
}

/** What a function gives in English, and in pseudo-translation. */
function inBoth<T>(make: () => T): readonly [english: T, translated: T] {
  const before = make();
  useTranslations(wide);
  try {
    return [before, make()];
  } finally {
    useTranslations(undefined);
  }
}

const ready = 'phase: Running, podIP: 10.0.0.N, conditions: [{ type: Ready, status: "True" }]';
const cluster = `
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: x, labels: { app: a } }
spec: { nodeName: n1, containers: [{ name: main, image: i }] }
status: { ${ready.replace('N', '1')}, containerStatuses: [{ name: main, ready: true, state: { running: {} } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: b, namespace: x, labels: { app: b } }
spec: { nodeName: n1, containers: [{ name: main, image: i, ports: [{ containerPort: 80 }] }] }
status: { ${ready.replace('N', '2')}, containerStatuses: [{ name: main, ready: true, state: { running: {} } }] }
---
apiVersion: v1
kind: Service
metadata: { name: wrong, namespace: x }
spec: { selector: { app: bb }, ports: [{ port: 80 }], clusterIP: 10.9.0.1 }
---
apiVersion: v1
kind: Service
metadata: { name: right, namespace: x }
spec: { selector: { app: b }, ports: [{ port: 80 }], clusterIP: 10.9.0.2 }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: x }
spec: { podSelector: { matchLabels: { app: b } }, policyTypes: [Ingress] }
---
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { conditions: [{ type: Ready, status: "True" }] }
`;

function world(): World {
  const objects = parseAllDocuments(cluster).map((document) => document.toJS() as unknown);
  return { ...worldOfObjects(objects.filter(isRecord)), running: true };
}

describe('The core in the language of the user', () => {
  it('says hops, causes, evidence and fixes of a trace', () => {
    for (const [to, cause, said] of [
      [
        'svc/x/wrong:80',
        'selector-matches-nothing',
        /^The selector of svc\/x\/wrong \(app=bb\) matches no pod/,
      ],
      ['pod/x/b:80', 'policy-ingress', /^pod\/x\/b is isolated for incoming traffic by/],
      ['svc/x/gone:80', 'service-not-found', /^There is no Service gone in namespace x/],
    ] as const) {
      const [before, after] = inBoth(() => {
        const seen = world();
        return explain(lookAt(seen, resolveQuestion(seen, 'pod/x/a', to, 'TCP')));
      });
      assert.equal(before.cause?.id, cause);
      assert.match(before.cause.summary, said);
      assert.equal(after.cause?.id, cause);
      assertTranslated(after.cause.summary, to);
      for (const { title } of after.fixes) assertTranslated(title, to);
      assert.ok(after.fixes.length > 0);
      const texts = after.hops.flatMap(({ evidence }) => evidence.map(({ text }) => text));
      assert.ok(texts.length > 3);
      // An address and a type, such as "ClusterIP 10.9.0.1", are no sentence.
      for (const text of texts) assert.doesNotMatch(text, left, text);
      for (const text of after.notSeen) assertTranslated(text, to);
      // What is no text for people stays as it is.
      const plain = ({ objects, id }: (typeof before.causes)[number]): unknown => ({ objects, id });
      assert.deepEqual(after.causes.map(plain), before.causes.map(plain));
      assert.deepEqual(
        after.fixes.map(({ yaml, command }) => ({ yaml, command })),
        before.fixes.map(({ yaml, command }) => ({ yaml, command })),
      );
    }
  });

  it('says the reasons of reach', () => {
    for (const to of ['pod/x/b', 'svc/x/wrong', 'svc/x/right', 'pod/x/a']) {
      const query = { from: 'pod/x/a', to, port: 80, protocol: 'TCP' } as const;
      const [before, after] = inBoth(() => answerQuery(world(), query));
      assert.match(before.because[0]?.text ?? '', /^[A-Za-z0-9/]+ [ A-Za-z]+/);
      for (const { text } of after.because) assertTranslated(text, to);
      assert.deepEqual(
        after.because.map(({ code, object, path: at, yaml }) => ({ code, object, at, yaml })),
        before.because.map(({ code, object, path: at, yaml }) => ({ code, object, at, yaml })),
      );
    }
  });

  it('says what is wrong on the way to a cluster, and the remedy', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const [before, after] = inBoth(() => explainNetworkError(refused, 'https://10.0.0.1'));
    assert.equal(
      before.message,
      'The cluster at https://10.0.0.1 cannot be reached: nothing listens there: the connection was refused.',
    );
    assert.equal(before.remedy, 'Start the cluster, or correct "server:" in the kubeconfig.');
    assert.equal(after.code, 'connection-refused');
    assertTranslated(after.message, 'message');
    assertTranslated(after.remedy ?? '', 'remedy');
  });

  it('says every finding of the rules and the titles of their fixes', () => {
    const folder = path.join(root, 'docs/rules');
    const opinions = families.flatMap(({ codes }) => codes.filter((rule) => rule.opinion === true));
    const rules = Object.fromEntries(opinions.map(({ code }) => [code, 'hint' as const]));
    const seen = new Set<string>();
    for (const page of readdirSync(folder)) {
      const [, example = ''] =
        /^```yaml\n([\s\S]*?)^```$/m.exec(readFileSync(path.join(folder, page), 'utf8')) ?? [];
      const [before, after] = inBoth(() =>
        lintText(example, { rules, knowledge: { objects: [], complete: true } }),
      );
      assert.deepEqual(
        after.map(({ code, range }) => ({ code, range })),
        before.map(({ code, range }) => ({ code, range })),
      );
      for (const { code, message, fixes } of after) {
        seen.add(code);
        assertTranslated(message, code);
        for (const { title } of fixes) assertTranslated(title, `${code}: a fix`);
      }
      for (const [index, { fixes }] of after.entries()) {
        assert.deepEqual(
          fixes.map(({ edits }) => edits),
          before[index]?.fixes.map(({ edits }) => edits),
        );
      }
    }
    assert.ok(seen.size > 150, String(seen.size));
  });
});
