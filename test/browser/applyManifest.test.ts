import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { useWorkbench } from './harness.ts';

const manifest = `apiVersion: v1
kind: Service
metadata:
  name: from-browser
spec:
  selector:
    name: deployment
  ports:
    - port: 8088
      targetPort: 80
`;

describe('A manifest in the editor', () => {
  const running = useWorkbench();

  // Both before anything else: VS Code finds a file by its name some time after it is written.
  before(async () => {
    const { workspace } = running();
    const far = manifest.replace('  name: from-browser', '  name: far\n  namespace: fresh');
    await writeFile(path.join(workspace, 'from-browser.yaml'), manifest);
    await writeFile(path.join(workspace, 'far.yaml'), far);
  });

  it('is applied by its lens, after the changes were shown and the cluster was named', async () => {
    const { workbench, page } = running();
    await workbench.openViewContainer('Pod Network');
    await workbench.treeRow('testpod1').waitFor();
    await workbench.openFile('from-browser.yaml');
    await page.locator('.codelens-decoration a', { hasText: 'selects 1 pod' }).waitFor();
    await page.locator('.codelens-decoration a', { hasText: 'Apply' }).click();
    const title = workbench.quickInput.locator('.quick-input-title');
    const named = /^Apply to context \S+ \(the practice lab, simulated\) at https?:\/\/\S+\?$/;
    await title.filter({ hasText: named }).waitFor();
    await workbench.quickPickRows
      .filter({ hasText: 'Service default/from-browser' })
      .filter({ hasText: 'new' })
      .waitFor();
    await page.locator('.tabs-container .tab', { hasText: 'as applied' }).waitFor();
    await workbench.picture('apply');
    await page.keyboard.press('Enter');
    await workbench.treeRows.filter({ hasText: 'from-browser' }).first().waitFor();
    await page.locator('.codelens-decoration a', { hasText: /endpoints ready in/ }).waitFor();
  });

  it('is deleted only after a question that names it, its context and what goes with it', async () => {
    const { workbench, page } = running();
    // A hover left over from the list of what to apply may lie over the tab.
    await page.mouse.move(900, 600);
    await page.locator('.workbench-hover').first().waitFor({ state: 'hidden' });
    await page.locator('.tabs-container .tab', { hasText: 'from-browser.yaml' }).click();
    await page.locator('.view-line', { hasText: 'kind: Service' }).first().click();
    const ask = async (): Promise<void> => {
      await workbench.runCommand("Pod Network: Delete the Document's Object from the Cluster");
      await dialog.getByText(/^Delete Service default\/from-browser from context \S+\?$/).waitFor();
    };
    const dialog = page.locator('.monaco-dialog-box');
    await ask();
    await dialog.getByText(/EndpointSlice default\/from-browser-/).waitFor();
    await workbench.picture('delete');
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    assert.notEqual(await workbench.treeRows.filter({ hasText: 'from-browser' }).count(), 0);
    await ask();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await workbench.treeRows.filter({ hasText: 'from-browser' }).first().waitFor({ state: 'detached' });
  });

  it('is created from a selection', async () => {
    const { workbench, page } = running();
    await page.locator('.view-line', { hasText: 'kind: Service' }).first().click();
    await page.keyboard.press('Control+A');
    await workbench.runCommand('Pod Network: Create from Selection');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Service default/from-browser').waitFor();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await workbench.treeRows.filter({ hasText: 'from-browser' }).first().waitFor();
  });

  it('is created from a selection together with the namespace that it needs', async () => {
    const { workbench, page } = running();
    await workbench.openFile('far.yaml');
    await page.locator('.view-line', { hasText: 'namespace: fresh' }).click();
    await page.keyboard.press('Control+A');
    await workbench.runCommand('Pod Network: Create from Selection');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Namespace fresh (new: the objects need it)').waitFor();
    await dialog.getByText('Service fresh/far').waitFor();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await workbench.runCommand('Notifications: Show Notifications');
    await page
      .locator('.notifications-center .notification-list-item', {
        hasText: 'Namespace fresh: created · Service fresh/far: created',
      })
      .first()
      .waitFor();
  });
});
