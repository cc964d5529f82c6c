import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import manifest from '../../../package.json' with { type: 'json' };
import { run } from '../../../src/cli/run.ts';
import { verbs } from '../../../src/cli/verbs.ts';
import { ioOf } from './support.ts';

async function podnet(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { io, out, err } = ioOf();
  const code = await run(args, io);
  return { code, out: out(), err: err() };
}

describe('podnet', () => {
  it('lists its verbs with --help, and on the error stream when called without a word', async () => {
    const help = await podnet('--help');
    assert.equal(help.code, 0);
    for (const name of verbs.keys()) assert.match(help.out, new RegExp(`^  ${name} +\\S`, 'm'));
    assert.deepEqual(await podnet(), { code: 2, out: '', err: help.out });
    assert.deepEqual(await podnet('help'), help);
  });

  it('tells its version', async () => {
    assert.deepEqual(await podnet('--version'), { code: 0, out: `podnet ${manifest.version}\n`, err: '' });
  });

  it('explains every verb', async () => {
    for (const name of verbs.keys()) {
      const { code, out } = await podnet(name, '--help');
      assert.equal(code, 0);
      assert.ok(out.startsWith(`Usage: podnet ${name}`), name);
      assert.match(out, /Exit code/, name);
      assert.equal(out.endsWith('\n'), true);
      assert.deepEqual(await podnet('help', name), { code, out, err: '' });
    }
  });

  it('suggests the verb that was meant', async () => {
    const near = await podnet('lsit');
    assert.deepEqual(near, {
      code: 2,
      out: '',
      err: 'podnet: there is no verb "lsit". Did you mean "list"? See podnet --help.\n',
    });
    assert.match((await podnet('chekc')).err, /Did you mean "check"/);
    assert.equal((await podnet('zzz')).err.includes('Did you mean'), false);
  });

  it('takes options before the verb', async () => {
    const { code, err } = await podnet('--kubeconfig', '/nope/config', 'list');
    assert.equal(code, 2);
    assert.match(err, /There is no kubeconfig \(looked for \/nope\/config\)/);
  });

  it('answers 2 for words that make no sense, and points to the usage', async () => {
    for (const args of [
      ['list', '--nope'],
      ['list', 'extra'],
      ['list', '-A', '-n', 'default'],
      ['list', '-n', 'Not_A_Name'],
      ['list', '-o', 'yaml'],
      ['list', '--timeout', 'soon'],
      ['list', '--timeout', '0'],
      ['check', 'pod/a/b'],
      ['check', '-A', 'pod/a/b', 'pod/a/c'],
      ['check', 'pod/a/b', 'pod/a/c', '--max-time', '1.5'],
      ['lab', '-o', 'yaml'],
    ]) {
      const { code, out, err } = await podnet(...args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(err, new RegExp(`^podnet: .*See podnet ${args[0]!} --help\\.\n$`), args.join(' '));
    }
  });

  it('never lets a terminal see control characters of what it was given', async () => {
    const { err } = await podnet('\u001b[31mred');
    assert.equal(err.includes('\u001b'), false);
  });
});
