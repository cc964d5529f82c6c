import assert from 'node:assert/strict';
import { access, stat } from 'node:fs/promises';
import { LabProcess } from './lab.ts';

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

describe('the lab as a process', function () {
  this.timeout(60_000);

  it('keeps its kubeconfig to itself and takes it along on SIGTERM', async () => {
    const lab = await LabProcess.start();
    const { mode } = await stat(lab.kubeconfig);
    assert.equal(mode & 0o777, 0o600);
    assert.equal((await lab.run('config', 'current-context')).trim(), 'podnet-lab');
    assert.equal(await lab.stop(), 0);
    assert.equal(await exists(lab.kubeconfig), false);
  });

  it('ends when its parent goes, even while a client watches', async () => {
    const lab = await LabProcess.start('--scenario', 'empty');
    const watching = lab.kubectl(['get', 'nodes', '-w', '--no-headers'], { until: /never/ });
    await lab.run('get', 'nodes');
    assert.equal(await lab.leaveAlone(), 0);
    assert.equal(await exists(lab.kubeconfig), false);
    await watching;
  });

  it('says what is wrong with its options', async () => {
    await assert.rejects(LabProcess.start('--scenario', 'nosuch'), /ended with 2/);
  });
});
