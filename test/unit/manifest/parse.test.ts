import assert from 'node:assert/strict';
import { toJson } from '../../../src/manifest/node.ts';
import { parse } from '../../../src/manifest/parse.ts';

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n';

/** The text that a node of the first object covers. */
function covered(text: string, path: readonly (string | number)[]): string {
  const file = parse(text);
  const object = file.objects[0]!;
  const { start, end } = object.rangeOf(object.at(path)!);
  return text.slice(file.lines.offsetAt(start), file.lines.offsetAt(end));
}

function problems(text: string): readonly string[] {
  return parse(text).problems.map((problem) => problem.code);
}

describe('parse: places', () => {
  const text = `# a comment\n---\n${pod}spec:\n  containers:\n  - name: "c, 1"\n    image: nginx # web\n    command: [sh, -c, 'a b']\n    args:\n    - |\n      one\n      two\n`;

  it('covers scalars with their quotes, flow lists with their brackets', () => {
    assert.equal(covered(text, ['spec', 'containers', 0, 'name']), '"c, 1"');
    assert.equal(covered(text, ['spec', 'containers', 0, 'image']), 'nginx');
    assert.equal(covered(text, ['spec', 'containers', 0, 'command']), "[sh, -c, 'a b']");
    assert.equal(covered(text, ['spec', 'containers', 0, 'command', 2]), "'a b'");
    assert.match(covered(text, ['spec', 'containers', 0]), /^name: "c, 1"[\s\S]*two\n?$/);
  });

  it('counts lines and UTF-16 characters from 0, whatever the line break', () => {
    for (const newline of ['\n', '\r\n']) {
      const file = parse(
        `a: "🙂" # é\napiVersion: v1\nkind: Pod\nmetadata: {name: "🙂x", uid: z}\n`.replaceAll('\n', newline),
      );
      const object = file.objects[0]!;
      assert.deepEqual(object.rangeOf(object.at(['metadata', 'uid'])!), {
        start: { line: 3, character: 29 },
        end: { line: 3, character: 30 },
      });
    }
  });

  it('finds keys and values by path', () => {
    const object = parse(text).objects[0]!;
    assert.equal(object.entryAt(['metadata', 'name'])?.key.value, 'name');
    assert.equal(object.at(['spec', 'containers', 1]), undefined);
    assert.equal(object.at(['spec', 'nothing', 'here']), undefined);
  });
});

describe('parse: YAML 1.1 as the API server reads it', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['yes', true],
    ['Off', false],
    ['y', true],
    ['N', false],
    ['yEs', 'yEs'],
    ['"yes"', 'yes'],
    ['0777', 511],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['089', 89],
    ['1_000', 1000],
    ['+7', 7],
    ['1e3', 1000],
    ['.5', 0.5],
    ['12:30', '12:30'],
    ['2020-01-31', '2020-01-31'],
    ['~', null],
    ['', null],
    ['null', null],
    ['!!str 8', '8'],
    ['!!int "8"', 8],
    ['1.2.3', '1.2.3'],
    ['-', null],
    ['1Gi', '1Gi'],
  ];
  for (const [text, value] of cases) {
    if (text === '-') continue;
    it(`${JSON.stringify(text)} is ${JSON.stringify(value)}`, () => {
      const object = parse(`${pod}x: ${text}\n`).objects[0]!;
      assert.deepEqual(toJson(object.at(['x'])), value);
    });
  }

  it('turns keys into text', () => {
    const object = parse(`${pod}x: {on: 1, 8: 2, "n": 3, 0x10: 4}\n`).objects[0]!;
    assert.deepEqual(toJson(object.at(['x'])), { true: 1, 8: 2, n: 3, 16: 4 });
  });

  it('merges maps: own keys first, of several maps the first', () => {
    const text = `${pod}base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\nx:\n  a: 9\n  <<: [*base, *more]\n`;
    assert.deepEqual(toJson(parse(text).objects[0]!.at(['x'])), { a: 9, b: 2, c: 4 });
  });

  it('keys such as __proto__ are just keys', () => {
    const value = toJson(parse(`${pod}x: {__proto__: 1, constructor: 2}\n`).objects[0]!.at(['x'])) as object;
    assert.deepEqual(Object.entries(value), [
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });
});

describe('parse: documents and lists', () => {
  it('reads several documents, JSON, and the items of lists', () => {
    const list =
      '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b", "namespace": "shop"}}]}';
    const file = parse(
      `${pod}---\n${list}\n---\n# nothing\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: c}\n`,
    );
    assert.deepEqual(
      file.objects.map((object) => [
        object.kind,
        object.name,
        object.namespace,
        object.document,
        object.group,
      ]),
      [
        ['Pod', 'web', undefined, 0, ''],
        ['Pod', 'b', 'shop', 1, ''],
        ['Deployment', 'c', undefined, 3, 'apps'],
      ],
    );
  });

  it('a syntax error in one document leaves the others', () => {
    const file = parse(`${pod}---\napiVersion: v1\nkind: Service\nmetadata:\n\tname: x\n---\n${pod}`);
    assert.deepEqual(
      file.problems.map((problem) => [problem.code, problem.range.start.line]),
      [['yaml-syntax', 8]],
    );
    assert.deepEqual(
      file.objects.filter((object) => !object.broken).map((object) => object.document),
      [0, 2],
    );
  });

  it('tells equal keys, with the place of the first', () => {
    const [problem] = parse(`${pod}kind: Service\n`).problems;
    assert.equal(problem?.code, 'duplicate-key');
    assert.deepEqual(problem.range.start, { line: 4, character: 0 });
    assert.deepEqual(problem.related?.range.start, { line: 1, character: 0 });
  });

  it('reads a document again only when its text changed', () => {
    const other = pod.replace('web', 'other');
    const before = parse(`${pod}---\n${other}`, { version: 1 });
    const after = parse(`# new\n${pod}---\n${other}`, { version: 2, previous: before });
    assert.equal(after.documents[1]?.chunk, before.documents[1]?.chunk);
    assert.notEqual(after.documents[0]?.chunk, before.documents[0]?.chunk);
    const object = after.objects[1]!;
    assert.deepEqual(object.rangeOf(object.at(['metadata', 'name'])!).start, { line: 9, character: 8 });
    assert.equal(after.version, 2);
  });
});

describe('parse: what is not ours', () => {
  const silent: Readonly<Record<string, string>> = {
    'a compose file': 'version: "3"\nservices:\n  web:\n    image: nginx\n',
    'a workflow': 'name: ci\non: push\njobs: {}\n',
    'broken YAML of something else': 'services:\n\t- {\n',
    'a Helm template': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\nspec: {}\n',
    'a Helm template with a block': '{{- if .Values.on }}\napiVersion: v1\nkind: Service\n{{- end }}\n',
    'a quoted template': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: "{{ name }}"\n',
    'a Jinja template': '{% for n in names %}\napiVersion: v1\nkind: Pod\n{% endfor %}\n',
    'a kustomization':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
    'a Secret encrypted by SOPS':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {a: ENC[x]}\nsops:\n  mac: x\n',
    'a patch of kustomize': 'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n$patch: delete\n',
    'a file with a kind of its own': 'kind: Recipe\nname: soup\n',
    nothing: '',
    'only comments': '# hello\n',
  };
  for (const [title, text] of Object.entries(silent)) {
    it(title, () => {
      const file = parse(text);
      assert.notEqual(file.kind, 'kubernetes');
      assert.deepEqual([file.objects, file.problems], [[], []]);
    });
  }

  it('a file called kustomization.yaml', () => {
    assert.equal(parse('resources: [a.yaml]\n', { file: 'base/kustomization.yaml' }).kind, 'kustomization');
  });

  it('but braces in a script or a comment are no template', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x # {{ y }}\ndata:\n  alert: |\n    {{ $labels.pod }}\n`;
    assert.equal(parse(text).kind, 'kubernetes');
  });

  it('what lacks apiVersion or kind, but is unmistakable, is ours', () => {
    for (const text of [
      'kind: Pod\nmetadata: {name: x}\n',
      'apiVersion: v1\nspec: {}\n',
      'apiversion: v1\nKind: Pod\nspec: {}\n',
    ]) {
      assert.equal(parse(text).kind, 'kubernetes', text);
    }
  });
});

describe('parse: notes behind arrows', () => {
  it('are read as comments', () => {
    const text =
      'kind: Service --> Defines to create\napiVersion: v1\nmetadata:\n  name: demo\nspec:\n  ports:   ---> the list\n  - port: 80 --> Containers port\n    targetPort: 80 <-- here\n    protocol: TCP => always\n  type: NodePort → x\n';
    const file = parse(text);
    assert.deepEqual(
      file.problems.map((problem) => problem.code),
      Array(6).fill('lesson-arrow'),
    );
    assert.deepEqual(file.objects[0]?.toJson(), {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: { name: 'demo' },
      spec: { ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }], type: 'NodePort' },
    });
    const [first] = file.problems;
    assert.deepEqual(first?.range, { start: { line: 0, character: 14 }, end: { line: 0, character: 35 } });
  });

  it('arrows where text may have them are left alone', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  annotations:\n    note: a --> b\ndata:\n  flow: a --> b\n  script: |\n    x --> y\nquoted: "a --> b"\n`;
    assert.deepEqual(problems(text), []);
    assert.deepEqual(
      problems(
        `${pod}spec:\n  containers:\n  - name: c\n    args:\n    - a --> b\n    env:\n    - name: X\n      value: a => b\n`,
      ),
      [],
    );
  });
});

describe('parse: hostile input ends soon, with a clear finding', () => {
  it('an alias bomb', () => {
    let text = `${pod}a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n`;
    for (let i = 1; i < 12; i++)
      text += `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]\n`;
    assert.deepEqual(problems(text), ['yaml-too-large']);
  });

  it('deep nesting', () => {
    for (const deep of ['['.repeat(100_000), '{a: '.repeat(50_000), '- '.repeat(50_000)]) {
      assert.deepEqual(problems(`${pod}x: ${deep}`), ['yaml-too-deep']);
    }
    const indented = Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    assert.ok(
      problems(`${pod}x:\n${indented.replace(/^/gm, ' ')}`).every((code) => code.startsWith('yaml-')),
    );
  });

  it('a long file and many documents', () => {
    assert.deepEqual(problems('a'.repeat(10_000_001)), ['yaml-too-large']);
    assert.deepEqual(problems('---\n'.repeat(20_002)), ['yaml-too-large']);
    assert.equal(parse(`${pod}---\n`.repeat(10_000)).objects.length, 10_000);
  });

  it('lines that end in carriage returns alone, and one line that goes on and on', () => {
    const lines = `${pod}a: b\n`.replaceAll('\n', '\r') + 'c: d\r'.repeat(10_000);
    assert.ok(problems(lines).every((code) => code.startsWith('yaml-') || code === 'duplicate-key'));
    assert.deepEqual(problems(`kind: Pod apiVersion: v1 metadata: ${'a: b '.repeat(10_000)}`), [
      'lost-line-breaks',
    ]);
  });

  it('a document above the size of a request', () => {
    assert.deepEqual(problems(`${pod}x: "${'y'.repeat(3_200_000)}"\n`), ['yaml-too-large']);
  });
});
