import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useWorkbench } from './harness.ts';

describe('Pod Network Explorer in the workbench', () => {
  // Without a canvas, what a terminal shows stands in the document.
  const running = useWorkbench({ settings: { 'terminal.integrated.gpuAcceleration': 'off' } });

  it('shows the pods of the lab with their IPs, and that they are simulated', async () => {
    const { workbench, page } = running();
    await workbench.openViewContainer('Pod Network');
    for (const pod of ['testipod', 'testpod1', 'testpod2', 'myvolemptydir']) {
      const row = workbench.treeRow(pod);
      await row.waitFor();
      assert.match(await row.innerText(), /10\.\d+\.\d+\.\d+/, pod);
    }
    await page.locator('.pane-header', { hasText: 'simulated' }).first().waitFor();
    await page.locator('.statusbar-item', { hasText: 'simulated' }).waitFor();
  });

  it('opens a pod and a service', async () => {
    const { workbench, page } = running();
    await workbench.openFile('service.yaml');
    await widenSideBar(page, 620);
    await workbench.expand('testipod');
    await workbench.treeRow('c01').waitFor();
    await workbench.expand('demoservice');
    await workbench.treeRow('Cluster IP').waitFor();
    await page.locator('.codelens-decoration', { hasText: 'endpoints ready' }).waitFor();
    await workbench.picture('tree');
    // Rows out of sight are not in the document.
    await workbench.treeRow('demoservice').hover();
    await page.mouse.wheel(0, 300);
    await workbench.treeRow('pod mydeployments').waitFor();
    await page.mouse.wheel(0, -2_000);
    await workbench.treeRow('testpod1').waitFor();
  });

  it('tests pod to pod from the palette and shows the verdict with its evidence', async () => {
    const { workbench, page } = running();
    await workbench.runCommand('Pod Network: Test Pod-to-Pod');
    await workbench.pick('testpod1');
    await workbench.pick('testpod2');
    await workbench.quickPickRows.filter({ hasText: '80' }).first().waitFor();
    await workbench.pick('80');
    const check = workbench.treeRow('testpod1 → testpod2:80');
    await check.filter({ hasText: 'reachable' }).waitFor();
    const report = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await report.locator('h1', { hasText: 'testpod1 → testpod2:80' }).waitFor();
    const text = await report.locator('body').innerText();
    assert.match(text, /reachable \(HTTP 200\)/);
    assert.match(text, /kubectl .* exec -n default testpod1 .* curl /);
    await workbench.picture('report');
  });

  it('copies what people paste', async () => {
    const { workbench, page } = running();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = (): Promise<string> => page.evaluate('navigator.clipboard.readText()');
    const menus = [
      [
        'testpod1 → testpod2:80',
        'Copy kubectl Command',
        /^kubectl .*exec -n default testpod1 -c \S+ -- curl /,
      ],
      ['testpod1 → testpod2:80', 'Copy as Markdown', /^# testpod1 → testpod2/],
      ['testpod1', 'Copy IP', /^10\.\d+\.\d+\.\d+$/],
      ['demoservice', 'Copy DNS Name', /^demoservice\.default\.svc\.cluster\.local$/],
      ['demoservice', 'Copy Cluster IP', /^10\.\d+\.\d+\.\d+$/],
    ] as const;
    for (const [row, entry, expected] of menus) {
      await page.evaluate("navigator.clipboard.writeText('nothing')");
      await workbench.contextMenu(row, entry);
      await page.locator('.statusbar-item', { hasText: 'Copied' }).first().waitFor();
      assert.match(await copied(), expected, entry);
      await page.locator('.statusbar-item', { hasText: 'Copied' }).first().waitFor({ state: 'hidden' });
    }
  });

  it('goes back a step, and leaves without a word', async () => {
    const { workbench, page } = running();
    await workbench.runCommand('Pod Network: Test Pod-to-Pod');
    await workbench.pick('testipod');
    await page.getByPlaceholder('To which pod?').waitFor();
    await workbench.quickInput.locator('[aria-label^="Back"]').first().click();
    await page.getByPlaceholder('From which container?').waitFor();
    await page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    assert.equal(await page.locator('[id="status.notifications"] .codicon-bell-dot').count(), 0);
  });

  it('opens a terminal in a container', async () => {
    const { workbench, page } = running();
    await workbench.contextMenu('testpod2', 'Open Terminal');
    const lines = page.locator('.terminal-wrapper.active .xterm-rows > div');
    await lines.filter({ hasText: /^root@testpod2:/ }).waitFor();
    await page.keyboard.type('hostname\n');
    await lines.filter({ hasText: /^testpod2\s*$/ }).waitFor();
    await workbench.picture('terminal');
  });

  it('keeps checks and an open report over a reload of the window', async () => {
    const { workbench, page } = running();
    await page.reload();
    await workbench.waitUntilReady();
    await page.locator('.tab', { hasText: 'testpod1 → testpod2:80' }).first().click();
    const report = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await report.locator('h1', { hasText: 'testpod1 → testpod2:80' }).waitFor();
    await workbench.openViewContainer('Pod Network');
    await workbench.treeRow('testpod1 → testpod2:80').filter({ hasText: 'reachable' }).waitFor();
    await workbench.treeRow('testipod').waitFor();
  });
});

/** Drags the border between side bar and editors, so that pictures show whole rows. */
async function widenSideBar(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  assert.ok(box);
  const border = box.x + box.width;
  await page.mouse.move(border + 1, 500);
  await page.mouse.down();
  await page.mouse.move(width, 500, { steps: 5 });
  await page.mouse.up();
}
