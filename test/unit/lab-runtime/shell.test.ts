import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

interface ShellCase {
  shell: 'bash' | 'sh';
  script: string;
  stdout: string;
  stderr: string;
  exit: number;
}

/** What bash 5.2.15 and dash 0.5.12 of Debian 12 made of each script, without input. */
const cases = JSON.parse(
  await readFile(new URL('fixtures/shell-cases.json', import.meta.url), 'utf8'),
) as ShellCase[];

describe('lab shell', () => {
  const world = new World();
  let pod: KubeObject;
  before(async () => {
    pod = world.pod('p', { containers: [{ name: 'c', image: 'debian', command: ['sleep', '1000'] }] });
    await world.ready('p');
  });
  after(() => world.dispose());

  describe('does what bash and dash do', () => {
    for (const { shell, script, ...expected } of cases) {
      it(`${shell}: ${script}`, async () => {
        assert.deepEqual(await world.sh(pod, script, { shell, input: '' }), expected);
      });
    }
  });

  it('runs background probes at the same time and waits for all', async () => {
    // Each one ends only when all have begun: one after the other they would wait for ever.
    const script = [
      'mkdir /tmp/begun',
      'for i in 1 2 3 4 5 6 7 8; do',
      '  ( touch /tmp/begun/$i; until [ "$(ls /tmp/begun | wc -l)" -eq 8 ]; do sleep 0.01; done; echo "KN1|$i" ) &',
      'done',
      'wait',
      'echo "KNEND|8"',
    ].join('\n');
    const { stdout, exit } = await world.sh(pod, script);
    const lines = stdout.trim().split('\n');
    assert.equal(exit, 0);
    assert.equal(lines.pop(), 'KNEND|8');
    assert.deepEqual(
      lines.sort(),
      ['1', '2', '3', '4', '5', '6', '7', '8'].map((id) => `KN1|${id}`),
    );
  });

  it('leaves the targets on stdin to the script that reads them, in every shell', async () => {
    const script = `while IFS='|' read -r id kind host port path; do
      [ "$id" = END ] && break
      ( command -v sh >/dev/null; printf '%s %s %s\\n' "$id" "$host" "$port$path" ) &
      wait
    done
    echo "left: $(cat)"`;
    const input = '1|http|a|80|/x y\n2|tcp|b|81|\nEND\nrest\n';
    for (const shell of ['sh', 'bash']) {
      const { stdout } = await world.sh(pod, script, { shell, input });
      assert.equal(stdout, '1 a 80/x y\n2 b 81\nleft: rest\n');
    }
  });

  it('reads commands from stdin line by line, so that they can read what follows', async () => {
    const input = 'read x\nvalue\necho "got $x"\nif true\nthen echo yes\nfi\nexit 3\necho never\n';
    const result = await world.run(pod, ['bash'], { input });
    assert.deepEqual(result, { stdout: 'got value\nyes\n', stderr: '', exit: 3 });
  });

  it('keeps a busy loop from holding everybody else up', async () => {
    const busy = world.start(pod, ['sh', '-c', 'while true; do :; done']);
    const second = world.start(pod, ['bash', '-c', 'i=0; while ((++i)); do x=$i; done']);
    const { stdout } = await world.sh(pod, 'echo alive');
    assert.equal(stdout, 'alive\n');
    busy.kill();
    second.kill();
    assert.deepEqual(await busy.exited, { exitCode: 137 });
    assert.deepEqual(await second.exited, { exitCode: 137 });
  });

  it('ends what `timeout` started, with all its children', async () => {
    const { exit } = await world.sh(pod, 'timeout 0.2 sh -c "sleep 100; echo no"');
    assert.equal(exit, 124);
    const { stdout } = await world.sh(pod, 'ls /proc >/dev/null; kill -0 99999 2>/dev/null || echo gone');
    assert.equal(stdout, 'gone\n');
  });

  it('says so when a function calls itself for ever', async () => {
    const { exit, stderr } = await world.sh(pod, 'f() { f; }; f', { shell: 'bash' });
    assert.notEqual(exit, 0);
    assert.match(stderr, /maximum function nesting level exceeded/);
  });

  it('survives a fork bomb', async () => {
    const bomb = world.start(pod, ['bash', '-c', 'f() { f | f & }; f; wait; sleep 1000']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    bomb.kill();
    await bomb.exited;
    for (;;) {
      const { stdout } = await world.sh(pod, 'echo alive').catch(() => ({ stdout: '' }));
      if (stdout === 'alive\n') break;
    }
  });

  it('keeps memory bounded: endless files and endless substitutions end', async () => {
    const full = await world.sh(pod, 'dd if=/dev/zero of=/tmp/big bs=1M count=500 2>&1; rm -f /tmp/big');
    assert.match(full.stdout, /No space left on device/);
    const still = await world.sh(pod, 'echo fine > /tmp/x && cat /tmp/x');
    assert.equal(still.stdout, 'fine\n');
  });
});
