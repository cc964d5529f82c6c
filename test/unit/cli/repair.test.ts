import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../../../src/cli/run.ts';
import { ioOf } from './support.ts';

const flat = 'kind: Pod\napiVersion: v1\nmetadata:\nname: a\nspec:\ncontainers:\n- name: c\nimage: nginx\n';
const sound =
  'kind: Pod\napiVersion: v1\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: c\n      image: nginx\n';

describe('podnet repair', () => {
  let cwd = '';
  beforeEach(() => (cwd = mkdtempSync(path.join(os.tmpdir(), 'podnet-repair-'))));
  afterEach(() => rmSync(cwd, { recursive: true }));

  async function repair(
    args: readonly string[],
    input = '',
  ): Promise<{ code: number; out: string; err: string }> {
    const { io, out, err } = ioOf();
    const code = await run(['repair', ...args], { ...io, cwd, stdin: Readable.from([Buffer.from(input)]) });
    return { code, out: out(), err: err() };
  }

  it('prints the repaired text, and says on the error stream what it did', async () => {
    const done = await repair(['-'], flat);
    assert.deepEqual(done, {
      code: 0,
      out: sound,
      err: 'standard input:4: The indentation was put back (4 lines).\n',
    });
  });

  it('writes a file in place only when asked to', async () => {
    const file = path.join(cwd, 'pod.yaml');
    writeFileSync(file, flat);
    assert.equal((await repair(['pod.yaml'])).out, sound);
    assert.equal(readFileSync(file, 'utf8'), flat);
    const written = await repair(['-w', 'pod.yaml']);
    assert.deepEqual([written.code, written.out], [0, '']);
    assert.equal(readFileSync(file, 'utf8'), sound);
    const again = await repair(['--write', 'pod.yaml']);
    assert.deepEqual(again, { code: 0, out: '', err: 'podnet: pod.yaml is sound; nothing was changed\n' });
  });

  it('tells everything as JSON', async () => {
    const { code, out } = await repair(['-o', 'json', '-'], `${flat}securityContext:\nrunAsUser: 1\n`);
    const done = JSON.parse(out) as Record<string, unknown> & {
      alternatives: { title: string; text: string }[];
    };
    assert.equal(code, 0);
    assert.equal(done.file, '-');
    assert.equal(done.status, 'repaired');
    assert.match(String(done.text), /^ {6}securityContext:$/m);
    assert.equal(done.alternatives.length, 1);
    assert.match(done.alternatives[0]?.text ?? '', /^ {2}securityContext:$/m);
    assert.ok(Array.isArray(done.changes) && Array.isArray(done.notes) && Array.isArray(done.unplaced));
  });

  it('ends with 1 and names what has no place', async () => {
    const unknown = await repair(['-'], flat.replace('image: nginx', 'image: nginx\nfoobar: 3'));
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /^standard input:9: No place was found for: foobar: 3$/m);
    assert.match(unknown.out, /# foobar: 3/);
    const custom = await repair(['-'], flat.replace('v1', 'example.com/v1').replace('Pod', 'Widget'));
    assert.equal(custom.code, 1);
    assert.match(custom.err, /"Widget"/);
  });

  it('ends with 2 where nothing can be read, and says why', async () => {
    const template = await repair(['-'], flat.replace('nginx', '{{ .Values.image }}'));
    assert.deepEqual([template.code, template.out], [2, '']);
    assert.match(template.err, /template/);
    assert.equal((await repair(['missing.yaml'])).code, 2);
    assert.equal((await repair([])).code, 2);
    assert.equal((await repair(['a', 'b'])).code, 2);
    assert.equal((await repair(['-w', '-'])).code, 2);
    assert.equal((await repair(['-o', 'sarif', '-'])).code, 2);
    assert.equal((await repair(['--nonsense', '-'])).code, 2);
    writeFileSync(path.join(cwd, 'broken.yaml'), Buffer.from([0xc3, 0x28]));
    assert.equal((await repair(['broken.yaml'])).code, 2);
  });
});
