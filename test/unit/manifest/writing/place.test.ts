import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { MapNode, type Node } from '../../../../src/manifest/node.ts';
import { parse } from '../../../../src/manifest/parse.ts';
import { builtInSchema } from '../../../../src/manifest/schema/schema.ts';
import { placeAt, type WritingPlace } from '../../../../src/manifest/writing/place.ts';
import { proposalsAt } from '../../../../src/manifest/writing/proposals.ts';
import { Usual } from '../../../../src/manifest/writing/usual.ts';

const schemas = [builtInSchema()];
const usual = new Usual();

/** The place of the `▮` in a text. */
function place(marked: string): WritingPlace | undefined {
  const offset = marked.indexOf('▮');
  return placeAt(marked.replace('▮', ''), offset);
}

const labels = (marked: string): readonly string[] => {
  const found = place(marked);
  return found === undefined ? [] : proposalsAt(found, schemas, usual).map(({ label }) => label);
};
const snippet = (marked: string, label: string): string | undefined => {
  const found = place(marked);
  return found && proposalsAt(found, schemas, usual).find((each) => each.label === label)?.snippet;
};

const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n';
const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n';

describe('the place of a cursor in half-written YAML', () => {
  for (const [what, text, expected] of [
    ['a key below a key', `${service}spec:\n  ▮`, 'spec key'],
    ['a word', `${service}spec:\n  po▮`, 'spec key'],
    ['a value', `${service}spec:\n  type: No▮`, 'spec/type value'],
    ['an item of an indented list', `${service}spec:\n  ports:\n    - po▮`, 'spec/ports/# key'],
    ['an item of a list at its key', `${service}spec:\n  ports:\n  - port: 80\n    ▮`, 'spec/ports/# key'],
    ['the map after a list', `${service}spec:\n  ports:\n  - port: 80\n  ▮`, 'spec key'],
    [
      'a list in a list item',
      `${pod}spec:\n  containers:\n  - name: a\n    ports:\n    - ▮`,
      'spec/containers/#/ports/# key',
    ],
    ['a list of lists', 'kind: X\na:\n- - b: 1\n    ▮', 'a/#/# key'],
    ['flow style', `${pod}spec:\n  containers: [{name: a, ▮}]`, 'spec/containers/# key'],
    [
      'a value in flow style',
      `${pod}spec:\n  containers:\n  - ports: [{protocol: ▮}]`,
      'spec/containers/#/ports/#/protocol value',
    ],
    [
      'flow style over several lines',
      `${pod}spec:\n  containers: [\n    {name: a,\n     im▮`,
      'spec/containers/# key',
    ],
    ['between broken documents', `]: [\n---\n${service}sp▮\n---\n\ttabs`, ' key'],
    ['below a comment', `${service}# about\nspec:\n  # more\n  ▮`, 'spec key'],
    ['Windows line ends', `${service.replaceAll('\n', '\r\n')}spec:\r\n  ty▮`, 'spec key'],
  ] as const) {
    it(what, () => {
      const found = place(text);
      assert.equal(`${found?.path.join('/') ?? '?'} ${found?.at ?? '?'}`, expected);
    });
  }

  it('is none in comments, in text of block scalars and below a value', () => {
    assert.equal(place(`${service}# sp▮`), undefined);
    assert.equal(place('apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    sp▮'), undefined);
    assert.equal(place(`${service}spec:\n  type: NodePort\n    ▮`), undefined);
  });

  it('knows what stands in the map already, above and below', () => {
    const found = place(`${service}spec:\n  type: NodePort\n  ▮\n  ports:\n  - port: 80\nstatus: {}\n`);
    assert.deepEqual([...(found?.siblings ?? [])].sort(), ['ports', 'type']);
  });

  it('never fails, wherever a text is cut off', () => {
    const texts = readFileSync(path.join(import.meta.dirname, '../../../fixtures/verdicts.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { yaml: string }).yaml);
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.string({ maxLength: 3 }), (text, at, noise) => {
        const cut = text.slice(0, at % (text.length + 1)) + noise;
        const found = placeAt(cut, cut.length);
        if (found) proposalsAt(found, schemas, usual);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no long time over a long line', () => {
    const long = `${service}spec:\n  a: '${"''".repeat(1_000_000)}\n  b:${' '.repeat(1_000_000)}c\n  ▮`;
    assert.equal(place(long)?.path.join('/'), 'spec');
    assert.equal(place(`${service}spec:\n  a: ${'x'.repeat(1_000_000)}▮`), undefined);
  });

  it('leads to the path that the parser finds, for every key of the examples of the rules', () => {
    const folder = path.join(import.meta.dirname, '../../../../docs/rules');
    let count = 0;
    for (const page of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, page), 'utf8');
      for (const [, body = ''] of text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)) {
        for (const object of parse(body).objects) {
          if (object.broken) continue;
          visit(object.root, [], (start, at) => {
            count += 1;
            assert.deepEqual(
              placeAt(body, start + object.documentStart)?.path,
              at,
              `${page} ${start}\n${body}`,
            );
          });
        }
      }
    }
    assert.ok(count > 3_000, String(count));
  });
});

function visit(
  node: Node,
  at: readonly string[],
  look: (start: number, at: readonly string[]) => void,
): void {
  if (node.type === 'list') for (const item of node.items) visit(item, [...at, '#'], look);
  if (!(node instanceof MapNode)) return;
  for (const entry of node.entries) {
    look(entry.key.start, at);
    visit(entry.value, [...at, entry.key.value], look);
  }
}

describe('what the schema offers', () => {
  it('required and usual fields come first, status last', () => {
    assert.deepEqual(labels(`${service}spec:\n  ▮`).slice(0, 3), ['selector', 'ports', 'type']);
    assert.equal(labels(`${service}▮`).at(-1), 'status');
    assert.deepEqual(labels(`${pod}spec:\n  containers:\n  - ▮`).slice(0, 3), ['name', 'image', 'ports']);
  });

  it('leaves out what is there', () => {
    assert.ok(!labels(`${service}spec:\n  type: NodePort\n  ▮`).includes('type'));
  });

  it('values of an enum, the default first; true and false', () => {
    assert.deepEqual(labels(`${service}spec:\n  type: ▮`), [
      'ClusterIP',
      'ExternalName',
      'LoadBalancer',
      'NodePort',
    ]);
    assert.deepEqual(labels(`${pod}spec:\n  hostNetwork: ▮`), ['false', 'true']);
  });

  it('brings what must stand in a field', () => {
    assert.equal(snippet(`${pod}spec:\n  ▮`, 'containers'), 'containers:\n  - name: ${1}\n    image: ${2}');
    const deployment = 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  ▮';
    assert.equal(
      snippet(deployment, 'template'),
      'template:\n  metadata:\n    labels:\n      ${1}\n  spec:\n    containers:\n      - name: ${2}\n        image: ${3}',
    );
    assert.equal(snippet(`${pod}spec:\n  volumes:\n  - ▮`, 'emptyDir'), 'emptyDir: {}');
  });

  it('only the name where a colon stands already', () => {
    assert.equal(snippet(`${pod}spec:\n  ▮: x`, 'containers'), 'containers');
  });

  it('kinds with their apiVersion, and the apiVersions of a kind first', () => {
    const found = place('kind: ▮');
    assert.ok(found);
    const deployment = proposalsAt(found, schemas, usual).find(({ label }) => label === 'Deployment');
    assert.equal(deployment?.apiVersion, 'apps/v1');
    assert.equal(labels('apiVersion: ▮\nkind: Ingress')[0], 'networking.k8s.io/v1');
    assert.equal(labels('apiVersion: apps/v1\nkind: ▮')[0], 'Deployment');
    assert.equal(labels('apiVersion: ▮')[0], 'apps/v1');
  });
});
