import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { toJson } from '../../../../src/manifest/node.ts';
import { parse } from '../../../../src/manifest/parse.ts';
import { repairText, type Repair } from '../../../../src/manifest/repair/repair.ts';
import { kubernetes } from '../../../../src/manifest/schema/kubernetes.ts';
import { builtInSchema } from '../../../../src/manifest/schema/schema.ts';
import { lintText } from '../../../../src/rules/index.ts';
import { anyManifest, type Chance, type Wanted } from './anyManifest.ts';
import { flatten, writeYaml, type Damage } from './flatten.ts';

const schema = builtInSchema();
const kinds = kubernetes
  .split('\n')
  .flatMap((line) => /^(\S+)\/(\w+) > /.exec(line) ?? [])
  .flatMap((_part, index, all) =>
    index % 3 === 0 ? [{ apiVersion: all[index + 1] ?? '', kind: all[index + 2] ?? '' }] : [],
  );
const damages: readonly Damage[] = ['indentation lost', 'lines joined', 'mixed', 'partly lost'];
const orders: readonly Wanted['order'][] = ['usual', 'alphabetical', 'any'];

/** Numbers that come the same every time, so that a measured rate means something. */
function seeded(seed: number): Chance {
  let state = seed;
  return (max) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * (max + 1));
  };
}

const chances = fc.integer({ min: 1, max: 2 ** 31 }).map((seed) => seeded(seed));

interface Outcome {
  readonly isSame: boolean;
  readonly isFlagged: boolean;
  readonly done: Repair;
}

/** Writes a manifest, damages it, and repairs it. */
function roundTrip(wanted: Wanted, damage: Damage, chance: Chance): Outcome {
  const yaml = writeYaml(anyManifest(schema, wanted, chance), chance);
  const meant = parse(yaml).objects.map(({ root }) => toJson(root));
  assert.equal(meant.length, 1);
  const done = repairText(flatten(yaml, damage, chance), { schema });
  const got = parse(done.text).objects.map(({ root }) => toJson(root));
  const isFlagged =
    done.alternatives.length > 0 ||
    done.notes.length > 0 ||
    done.unplaced.length > 0 ||
    done.status === 'unreadable';
  return { isSame: isDeepStrictEqual(got, meant), isFlagged, done };
}

describe('a flattened manifest', () => {
  it('is one of all kinds that are known', () => assert.ok(kinds.length >= 33));

  it('comes out as the same object in at least 99 of 100 cases, and never silently as another', function () {
    this.timeout(120_000);
    const chance = seeded(20_26);
    let cases = 0;
    let same = 0;
    for (const kind of kinds) {
      for (const damage of damages) {
        for (const order of orders) {
          const { isSame, isFlagged, done } = roundTrip({ ...kind, order, longTexts: false }, damage, chance);
          cases += 1;
          if (isSame) same += 1;
          else assert.ok(isFlagged, `${kind.kind}, ${damage}, ${order}:\n${done.text}`);
        }
      }
    }
    assert.ok(same >= 0.99 * cases, `${same} of ${cases}`);
  });

  it('is never silently another, also where texts of several lines lost their line breaks', function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.constantFrom(...damages),
        fc.constantFrom(...orders),
        chances,
        (kind, damage, order, chance) => {
          const { isSame, isFlagged, done } = roundTrip({ ...kind, order, longTexts: true }, damage, chance);
          assert.ok(isSame || isFlagged, done.text);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is sound once repaired', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom(...damages), chances, (kind, damage, chance) => {
        const { done } = roundTrip({ ...kind, order: 'usual', longTexts: true }, damage, chance);
        if (done.status === 'repaired') assert.equal(repairText(done.text).text, done.text);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a sound manifest', () => {
  it('is never changed, whatever its kind and style', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom(...orders), chances, (kind, order, chance) => {
        const text = writeYaml(anyManifest(schema, { ...kind, order, longTexts: true }, chance), chance);
        const done = repairText(text);
        assert.equal(done.text, text);
        assert.equal(done.status, 'sound');
      }),
      { numRuns: 150 },
    );
  });

  it('is never changed, where a real server took it or our rules have no errors', () => {
    const file = path.join(import.meta.dirname, '../../../fixtures/verdicts.ndjson');
    const manifests = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { yaml: string; accepted: boolean });
    let sound = 0;
    for (const { yaml, accepted } of manifests) {
      if (!accepted && lintText(yaml).some(({ severity }) => severity === 'error')) continue;
      sound += 1;
      assert.equal(repairText(yaml).text, yaml);
    }
    assert.ok(sound >= 33);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    'apiVersion: v1',
    'kind: Pod',
    'kind: Service',
    'kind: ConfigMap',
    'metadata:',
    'name: a',
    'spec:',
    'containers:',
    '- name: c',
    'image: nginx',
    'data:',
    'a: |',
    '- ',
    '---',
    '# note',
    '--> note',
    '“x”',
    "'",
    '"',
    '[',
    '{a: b',
    ']',
    '\t',
    '\u00a0',
    '&a',
    '*a',
    '<<: *a',
    '> x',
    '$ y',
    '1 ',
    '```',
    ': ',
    '- - -',
    '? k',
    '!!int 3',
    '\0',
    '🙂',
    '\ud800',
    'selector:',
    'app: web',
    'ports:',
    '- port: 80',
    'Some words: and more',
    '...',
    '%YAML 1.1',
    '|',
    '>-',
  );
  const text = fc
    .array(fc.tuple(piece, fc.constantFrom('\n', '\n', ' ', '\n  ', '\r\n', '')), { maxLength: 40 })
    .map((pieces) => pieces.map(([a, b]) => a + b).join(''));

  it('is repaired without an exception, and what comes out says where it came from', () => {
    fc.assert(
      fc.property(text, (source) => {
        const done = repairText(source);
        const lines = source.split('\n').length;
        for (const { line, message } of [...done.changes, ...done.notes, ...done.unplaced]) {
          assert.ok(line >= 0 && line < lines, message);
          assert.ok(
            message.length > 0 && !message.includes('undefined') && !message.includes('[object'),
            message,
          );
        }
        if (done.status === 'sound' || done.status === 'unreadable') assert.equal(done.text, source);
        if (done.text === source) assert.deepEqual(done.changes, []);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every word of what it repairs', () => {
    fc.assert(
      fc.property(text, (source) => {
        const done = repairText(source);
        for (const word of ['nginx', 'web', 'Some', 'note', 'ConfigMap']) {
          const count = (all: string): number => all.split(word).length - 1;
          assert.ok(count(done.text) >= count(source), `${word} in\n${done.text}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a text that is too much', () => {
  const head = 'kind: Pod\napiVersion: v1\nmetadata:\nname: a\nspec:\n';
  const refusedOr = (source: string): Repair => repairText(source);

  it('of 10 million characters is refused with a reason', () => {
    const over = refusedOr(`${head}${'x'.repeat(10_000_000)}`);
    assert.equal(over.status, 'unreadable');
    assert.match(over.reason ?? '', /Split it/);
    const joined = refusedOr(
      `${head.replaceAll('\n', ' ')}containers: ${'- name: c image: x '.repeat(500_000)}`,
    );
    assert.equal(joined.status, 'partial');
    assert.match(joined.unplaced[0]?.message ?? '', /too large/);
  });

  for (const [name, source] of [
    ['brackets that never close', head + 'a: ['.repeat(100_000)],
    ['quotes that never close', head + "a: 'x ".repeat(100_000)],
    ['list markers without end', `${head}containers:\n${'- '.repeat(20_000)}`],
    ['the same field again and again', head + 'spec:\n'.repeat(8_000)],
    ['arrows without end', head + '--> '.repeat(50_000)],
    ['one long line', head + 'x'.repeat(900_000)],
    ['thousands of separators', '---\n'.repeat(19_000) + head],
  ] as const) {
    it(`${name}: comes to an end`, function () {
      this.timeout(60_000);
      const done = refusedOr(source);
      assert.ok(['repaired', 'partial', 'unreadable'].includes(done.status));
    });
  }
});
