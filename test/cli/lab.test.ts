import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'mocha';
import { podnet, startLab } from './podnet.ts';

describe('podnet lab', () => {
  it('prints the path of a kubeconfig, runs until Ctrl-C, and takes the kubeconfig with it', async () => {
    const lab = await startLab();
    assert.ok(existsSync(lab.kubeconfig), lab.kubeconfig);
    assert.equal(await lab.stop(), 0);
    assert.equal(existsSync(lab.kubeconfig), false);
  });

  it('ends the lab even where podnet is killed outright', async () => {
    const lab = await startLab(['-o', 'json']);
    const { kubeconfig, pid } = JSON.parse(lab.kubeconfig) as { kubeconfig: string; pid: number };
    assert.ok(existsSync(kubeconfig));
    lab.child.kill('SIGKILL');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(existsSync(kubeconfig), false);
  });

  it('answers 2 where it cannot start', async () => {
    const { code, out, err } = await podnet(['lab', '--port', 'abc']);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /--port takes a number/);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
    return false;
  }
}
