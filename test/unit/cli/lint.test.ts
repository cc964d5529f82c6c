import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { fix } from '../../../src/cli/fix.ts';
import { lint } from '../../../src/cli/lint.ts';
import type { Verb } from '../../../src/cli/verb.ts';

const good =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1\n';
const bad =
  'kind: Service --> a note\napiVersion: v1\nmetadata:\n  name: web\nspec:\n  type: Nodeport\n  ports:\n    - port: 80\n';

interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

describe('podnet lint and fix', () => {
  let cwd = '';

  beforeEach(() => {
    cwd = mkdtempSync(path.join(os.tmpdir(), 'podnet-lint-'));
    mkdirSync(path.join(cwd, 'k8s/deep'), { recursive: true });
    mkdirSync(path.join(cwd, 'k8s/node_modules'));
    writeFileSync(path.join(cwd, 'k8s/good.yaml'), good);
    writeFileSync(path.join(cwd, 'k8s/deep/bad.yml'), bad);
    writeFileSync(path.join(cwd, 'k8s/node_modules/passed-by.yaml'), bad);
    writeFileSync(path.join(cwd, 'k8s/notes.txt'), bad);
    symlinkSync('..', path.join(cwd, 'k8s/deep/up'));
  });

  afterEach(() => rmSync(cwd, { recursive: true }));

  async function run(verb: Verb, args: readonly string[], input = ''): Promise<Outcome> {
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const { signal } = new AbortController();
    const code = await verb.run(args, {
      stdout,
      stderr,
      stdin: Readable.from([Buffer.from(input)]),
      cwd,
      env: {},
      signal,
    });
    stdout.end();
    stderr.end();
    return { code, stdout: await readAll(stdout), stderr: await readAll(stderr) };
  }

  it('ends with 0 when there is nothing to say, 1 when there is, 2 when it cannot be known', async () => {
    assert.deepEqual(await run(lint, ['k8s/good.yaml']), {
      code: 0,
      stdout: 'No findings in 1 file.\n',
      stderr: '',
    });
    assert.equal((await run(lint, ['k8s/deep/bad.yml'])).code, 1);
    const missing = await run(lint, ['nowhere.yaml']);
    assert.equal(missing.code, 2);
    assert.equal(missing.stderr, 'podnet: There is no file or folder nowhere.yaml.\n');
  });

  it('says what it found in the other files when one cannot be read', async () => {
    const { code, stdout } = await run(lint, ['nowhere.yaml', 'k8s/deep/bad.yml']);
    assert.equal(code, 2);
    assert.match(stdout, /\[lesson-arrow\]/);
  });

  it('a hint alone is no failure', async () => {
    const text = `${good}---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: d}]}\n`;
    const { code, stdout } = await run(lint, ['-'], text);
    assert.match(stdout, /hint: .*\[service-not-headless\]/);
    assert.equal(code, 0);
  });

  it('prints JSON by the contract', async () => {
    const { stdout } = await run(lint, ['k8s/deep/bad.yml', '-o', 'json']);
    assert.deepEqual((JSON.parse(stdout) as unknown[])[0], {
      file: 'k8s/deep/bad.yml',
      range: { start: { line: 0, character: 14 }, end: { line: 0, character: 24 } },
      severity: 'error',
      code: 'lesson-arrow',
      message:
        '"-->" and the note behind it are not YAML: the server would take them as part of the value. Make the note a comment: "# …".',
      fixes: [
        {
          title: 'Make the note a comment',
          edits: [
            { range: { start: { line: 0, character: 14 }, end: { line: 0, character: 17 } }, newText: '#' },
          ],
        },
      ],
    });
    assert.equal((await run(lint, ['k8s/good.yaml', '-o', 'json'])).stdout, '[]\n');
  });

  it('prints SARIF with rules, levels, places from 1 and fixes', async () => {
    const log = JSON.parse((await run(lint, ['k8s', '-o', 'sarif'])).stdout) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        columnKind: string;
        results: Record<string, unknown>[];
      }[];
    };
    assert.equal(log.version, '2.1.0');
    const [sarif] = log.runs;
    const [result] = sarif!.results;
    assert.equal(sarif!.columnKind, 'utf16CodeUnits');
    assert.equal(sarif!.tool.driver.rules[result!.ruleIndex as number]?.id, 'lesson-arrow');
    assert.equal(result!.level, 'error');
    assert.deepEqual(result!.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'k8s/deep/bad.yml' },
          region: { startLine: 1, startColumn: 15, endLine: 1, endColumn: 25 },
        },
      },
    ]);
    assert.ok(Array.isArray(result!.fixes) && result!.fixes.length === 1);
  });

  it('takes folders, patterns and standard input; passes by node_modules and circles', async () => {
    const files = async (...args: string[]): Promise<readonly string[]> => {
      const findings = JSON.parse((await run(lint, [...args, '-o', 'json'], bad)).stdout) as {
        file: string;
      }[];
      return [...new Set(findings.map((finding) => finding.file))];
    };
    assert.deepEqual(await files('k8s'), ['k8s/deep/bad.yml']);
    assert.deepEqual(await files('k8s/**/*.{yml,yaml}'), ['k8s/deep/bad.yml']);
    assert.deepEqual(await files('./k8s/*/b?d.y[am]l'), ['k8s/deep/bad.yml']);
    assert.deepEqual(await files('-'), ['-']);
    assert.equal((await run(lint, ['k8s/*.nothing'])).code, 2);
  });

  it('lints the files as one set', async () => {
    writeFileSync(
      path.join(cwd, 'svc.yaml'),
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n',
    );
    writeFileSync(
      path.join(cwd, 'pod.yaml'),
      good.replace('name: web\n', 'name: web\n  labels: {app: web}\n'),
    );
    assert.equal((await run(lint, ['svc.yaml', '--complete'])).code, 1);
    assert.equal((await run(lint, ['svc.yaml', 'pod.yaml', '--complete'])).code, 0);
  });

  it('switches rules off and on, and knows versions', async () => {
    assert.equal((await run(lint, ['k8s', '--off', 'lesson-arrow,unknown-value'])).code, 0);
    const unknown = await run(lint, ['k8s', '--off', 'nonsense']);
    assert.deepEqual(
      [unknown.code, unknown.stderr],
      [2, 'podnet: There is no rule "nonsense". The rules are listed in docs/rules/README.md.\n'],
    );
    const digit = 'apiVersion: v1\nkind: Service\nmetadata: {name: 1st}\nspec: {ports: [{port: 80}]}\n';
    assert.equal((await run(lint, ['-', '--kubernetes', '1.35'], digit)).code, 1);
    assert.equal((await run(lint, ['-', '--kubernetes', '1.36'], digit)).code, 0);
    assert.equal((await run(lint, ['k8s', '-o', 'xml'])).code, 2);
    assert.equal((await run(lint, ['--nonsense'])).code, 2);
    assert.equal((await run(lint, [])).code, 2);
  });

  it('reads UTF-16 with a byte order mark, and says when a file is no text', async () => {
    writeFileSync(
      path.join(cwd, 'utf16.yaml'),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]),
    );
    assert.equal((await run(lint, ['utf16.yaml'])).code, 0);
    writeFileSync(path.join(cwd, 'binary.yaml'), Buffer.from([0x61, 0xff, 0xc0]));
    const binary = await run(lint, ['binary.yaml']);
    assert.deepEqual(
      [binary.code, binary.stderr],
      [2, 'podnet: binary.yaml is not valid UTF-8 text. Save it as UTF-8.\n'],
    );
  });

  it('fix applies preferred fixes in place, or from standard input to standard output', async () => {
    const { code, stdout } = await run(fix, ['k8s']);
    assert.equal(code, 0);
    assert.equal(
      stdout,
      'k8s/deep/bad.yml: Make the note a comment [lesson-arrow]\nk8s/deep/bad.yml: Write NodePort [unknown-value]\n2 fixes applied.\n',
    );
    const fixed = bad.replace('--> a note', '# a note').replace('Nodeport', 'NodePort');
    assert.equal(readFileSync(path.join(cwd, 'k8s/deep/bad.yml'), 'utf8'), fixed);
    assert.equal(readFileSync(path.join(cwd, 'k8s/good.yaml'), 'utf8'), good);
    assert.equal((await run(fix, ['-'], bad)).stdout, fixed);
    assert.equal((await run(lint, ['k8s'])).code, 0);
  });

  describe('with a config file', () => {
    const warned =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers: [{name: a, image: b}]\n  volumes: [{name: v, emptyDir: {}}]\n';
    const codesOf = ({ stdout }: Outcome): readonly string[] =>
      (JSON.parse(stdout) as { code: string }[]).map(({ code }) => code);

    beforeEach(() => {
      writeFileSync(path.join(cwd, 'k8s/deep/bad.yml'), good);
      writeFileSync(path.join(cwd, 'k8s/deep/warned.yaml'), warned);
    });

    it('takes the one of the folder, and what the command line says above it', async () => {
      assert.deepEqual(codesOf(await run(lint, ['k8s', '-o', 'json'])), ['unused-volume']);
      writeFileSync(path.join(cwd, '.podnetrc.yaml'), 'lint:\n  disabledRules: [unused-volume]\n');
      assert.deepEqual(codesOf(await run(lint, ['k8s', '-o', 'json'])), []);
      assert.deepEqual(codesOf(await run(lint, ['k8s', '-o', 'json', '--on', 'unused-volume'])), [
        'unused-volume',
      ]);
      assert.deepEqual(codesOf(await run(lint, ['k8s', '-o', 'json', '--no-config'])), ['unused-volume']);
    });

    it('leaves out what it excludes, unless it is named', async () => {
      writeFileSync(path.join(cwd, 'other.yaml'), 'lint:\n  exclude: [deep/]\n');
      assert.deepEqual(codesOf(await run(lint, ['k8s', '-o', 'json', '--config', 'other.yaml'])), []);
      const named = await run(lint, ['k8s/deep/warned.yaml', '-o', 'json', '--config', 'other.yaml']);
      assert.deepEqual(codesOf(named), ['unused-volume']);
    });

    it('says file, line and remedy of a mistake in it', async () => {
      writeFileSync(path.join(cwd, '.podnetrc.yaml'), 'lint:\n  disabledRules:\n    - unsed-volume\n');
      const { code, stderr } = await run(lint, ['k8s']);
      assert.equal(code, 2);
      assert.match(stderr, /\.podnetrc\.yaml:3:7: There is no rule "unsed-volume"\./);
      assert.match(stderr, /Did you mean unused-volume\?/);
      assert.equal((await run(lint, ['k8s', '--config', 'nowhere.yaml'])).code, 2);
    });
  });
});
