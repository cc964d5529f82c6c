import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endProcessCommand } from '../../../../src/cluster/exec/endProcess.ts';

/** Real processes: here the test is the parent that the container's runtime is there. */
describe('ending the process of an exec', () => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  function run(command: readonly string[]): ChildProcess {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { stdio: 'ignore' });
    started.push(child);
    return child;
  }
  function end(command: readonly string[], parent = process.pid): number | null {
    const [program = '', ...args] = endProcessCommand(command, parent);
    return spawnSync(program, args).status;
  }
  const script = ['sh', '-c', 'while :; do sleep 1; done', 'a b', '$(exit 7)', 'c\n'];

  it('finds it by its argv, whatever stands in it', async () => {
    const child = run(script);
    const ended = once(child, 'exit');
    await once(child, 'spawn');
    while (end(script) !== 0) await new Promise((done) => setTimeout(done, 20));
    assert.deepEqual(await ended, [null, 'SIGTERM']);
  });

  it('leaves everything else alone', async () => {
    const sleeping = ['sleep', '4711'];
    const [one, two] = [run(sleeping), run(sleeping)];
    await Promise.all([once(one, 'spawn'), once(two, 'spawn')]);
    // Of two it cannot tell which is meant.
    let status = end(sleeping);
    while (status !== 3) status = end(sleeping);
    assert.notEqual(end(['sleep', '4712']), 0);
    assert.notEqual(end(sleeping, 1), 0);
    assert.deepEqual([one.exitCode, one.signalCode, two.exitCode, two.signalCode], [null, null, null, null]);
  });
});
