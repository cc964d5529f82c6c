import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { useWorkbench } from './harness.ts';

const flat =
  'kind: Pod apiVersion: v1 metadata: name: pasted spec: containers: - name: c00 image: nginx:1.27 ports: - containerPort: 80';
const repaired = `kind: Pod
apiVersion: v1
metadata:
  name: pasted
spec:
  containers:
    - name: c00
      image: nginx:1.27
      ports:
        - containerPort: 80`;

describe('A damaged manifest that is pasted', () => {
  const running = useWorkbench({ kubeconfig: 'none' });

  /** What stands in the editor, as it is saved; saving ends some time after the key. */
  async function saved(before: string): Promise<string> {
    const { page, workspace } = running();
    await page.keyboard.press('Control+S');
    for (;;) {
      const text = await readFile(path.join(workspace, 'pasted.yaml'), 'utf8');
      if (text !== before) return text;
      await page.waitForTimeout(100);
    }
  }

  before(async () => {
    const { workbench, page, workspace } = running();
    await writeFile(path.join(workspace, 'lesson.txt'), flat);
    await writeFile(path.join(workspace, 'pasted.yaml'), '');
    await workbench.openFile('lesson.txt');
    await page.locator('.view-line', { hasText: 'kind: Pod' }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
  });

  it('comes as it is, and can be exchanged for the repaired one at the spot', async () => {
    const { workbench, page } = running();
    await workbench.openFile('pasted.yaml');
    await page.locator('.tabs-container .tab.active', { hasText: 'pasted.yaml' }).click();
    await page.locator('.editor-instance .view-lines').first().click();
    await page.keyboard.press('Control+V');
    await page.locator('.view-line', { hasText: 'kind: Pod' }).waitFor();
    assert.equal(await saved(''), flat);
    await page.locator('.post-edit-widget .monaco-button').click();
    const choice = page.locator('.action-widget .monaco-list-row', { hasText: 'Paste and repair manifest' });
    await choice.click();
    await page.locator('.view-line', { hasText: 'containerPort: 80' }).waitFor();
    await page.locator('.view-line', { hasText: /^\s*spec:\s*$/ }).waitFor();
    assert.equal(await saved(flat), repaired);
  });
});
