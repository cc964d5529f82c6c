import assert from 'node:assert/strict';
import { useWorkbench } from './harness.ts';

describe('the workbench', () => {
  const running = useWorkbench({ kubeconfig: 'none' });

  it('asks for the token in its address', async () => {
    const { server } = running();
    const answer = await fetch(`http://127.0.0.1:${server.port}/`);
    assert.equal(answer.status, 403);
  });

  it('shows the folder and opens its files', async () => {
    const { workbench, page } = running();
    await workbench.treeRow('two-containers.yaml').waitFor();
    await workbench.openFile('service.yaml');
    await page.locator('.editor-instance .view-line', { hasText: 'demoservice' }).first().waitFor();
    assert.equal(await page.locator('.part.auxiliarybar:visible').count(), 0, 'the chat panel is open');
  });
});
