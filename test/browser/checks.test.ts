import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { useWorkbench } from './harness.ts';

describe('Checks of every kind', () => {
  const running = useWorkbench({ settings: { 'podNetwork.namespaces': ['*'] } });
  const report = () => running().page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

  it('tests a service by its short name from the palette', async () => {
    const { workbench } = running();
    await workbench.openViewContainer('Pod Network');
    await workbench.runCommand('Pod Network: Test Service');
    await workbench.pick('testpod1');
    await workbench.pick('demoservice');
    await workbench.quickPickRows.filter({ hasText: 'Each endpoint alone' }).waitFor();
    await workbench.pick('Short name');
    await report().locator('h1', { hasText: 'testpod1 → demoservice:80' }).waitFor();
    assert.match(
      await report().locator('body').innerText(),
      /http:\/\/demoservice:80\/ answered with HTTP 200/,
    );
  });

  it('looks a name up and shows what the search list made of it', async () => {
    const { workbench, page } = running();
    await workbench.runCommand('Pod Network: Test DNS Name');
    await workbench.pick('testpod1');
    await workbench.quickInput.locator('input').first().fill('headless');
    await page.keyboard.press('Enter');
    await report().locator('h1', { hasText: 'dns:headless' }).waitFor();
    const text = await report().locator('body').innerText();
    assert.match(text, /headless\.default\.svc\.cluster\.local/);
    assert.match(text, /10\.96\.0\.10/);
  });

  it('asks before it writes to a volume, and says where', async () => {
    const { workbench, page } = running();
    await workbench.runCommand('Pod Network: Test Shared Volume');
    await workbench.pick('xchange');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText(/The file \/tmp\/xchange\/\.podnet-/).waitFor();
    await dialog.getByRole('button', { name: 'Write and Read' }).click();
    await report().locator('h1', { hasText: 'xchange' }).waitFor();
    assert.match(await report().locator('body').innerText(), /both see the same volume/);
  });

  it('asks before an ephemeral container stands in, and says that it stays', async () => {
    const { workbench, page } = running();
    await workbench.runCommand('Pod Network: Test Pod-to-Pod');
    await workbench.pick('distroless');
    await workbench.pick('testpod1');
    await workbench.pick('80');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('It cannot be removed').waitFor();
    await dialog.getByRole('button', { name: 'Do It' }).click();
    await report().locator('h1', { hasText: 'distroless → testpod1:80' }).waitFor();
    const text = await report().locator('body').innerText();
    assert.match(text, /reachable \(HTTP 200\)/);
    assert.match(text, /ephemeral container podnet-/);
  });

  it('makes a matrix of a namespace and shows it', async () => {
    const { workbench } = running();
    await workbench.runCommand('Pod Network: Test Matrix');
    await workbench.pick('Everything in shop');
    await report().locator('h1', { hasText: 'everything in shop' }).waitFor();
    await report().locator('#state', { hasText: 'done' }).waitFor();
    const text = await report().locator('body').innerText();
    assert.match(text, /\d+ of \d+ reachable/);
    await report().locator('[aria-label="svc/shop/backend:8080"]').waitFor();
  });

  it('runs the checks of a podnet.yaml, and marks the line that is otherwise', async () => {
    const { workbench, page, workspace } = running();
    await writeFile(
      path.join(workspace, 'podnet.yaml'),
      [
        'checks:',
        '  - name: the frontend reaches the backend',
        '    from: { namespace: shop, selector: app=frontend }',
        '    to: svc/shop/backend',
        '  - name: everybody does',
        '    from: pod/default/testpod1',
        '    to: svc/shop/backend',
        '    timeout: 1',
        '',
      ].join('\n'),
    );
    await workbench.openFile('podnet.yaml');
    await workbench.runCommand('Pod Network: Run podnet.yaml Checks');
    await report().locator('h1', { hasText: 'podnet.yaml' }).waitFor();
    await report().locator('.expectation-passed', { hasText: 'the frontend reaches the backend' }).waitFor();
    await report().locator('.expectation-failed', { hasText: 'everybody does' }).waitFor();
    await page.locator('.squiggly-error').first().waitFor();
  });
});
