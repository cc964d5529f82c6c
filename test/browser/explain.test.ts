import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { useWorkbench } from './harness.ts';

describe('Explain Connection in the workbench', () => {
  const running = useWorkbench();
  const report = (): FrameLocator =>
    running().page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

  it('asks in steps, and draws the way with its cause', async () => {
    const { workbench, page } = running();
    await workbench.openViewContainer('Pod Network');
    await workbench.contextMenu('lonely', 'Explain Connection');
    await workbench.pick('testpod1');
    await report()
      .locator('.verdict-unreachable h1', { hasText: 'testpod1 cannot reach lonely:80' })
      .waitFor();
    await report().locator('.cause h3', { hasText: 'selector-matches-nothing' }).waitFor();
    const statuses = await report().locator('.hop .word').allInnerTexts();
    assert.equal(statuses.length, 9);
    assert.equal(statuses[3], 'stops here');
    await page.locator('.tab', { hasText: 'testpod1 → lonely:80' }).waitFor();
    await workbench.picture('explain');
  });

  it('works by the keyboard and speaks to screen readers', async () => {
    const { page } = running();
    const hop = report().locator('#hop-source');
    assert.equal(await hop.getAttribute('aria-expanded'), 'false');
    await hop.focus();
    await page.keyboard.press('Enter');
    await report().locator('#hop-source[aria-expanded="true"]').waitFor();
    await report().locator('#hop-source:focus').waitFor();
    assert.ok(await report().locator('#hop-source-details').isVisible());
    assert.equal(await hop.getAttribute('aria-label'), 'Step 1 of 9: Source, in order');
    // Every button says what it does, and every section what it is.
    const buttons = await report().locator('button:visible').count();
    assert.equal(await report().getByRole('button', { name: /\S/ }).count(), buttons);
    const sections = await report().locator('section').count();
    assert.equal(await report().getByRole('region', { name: /\S/ }).count(), sections);
    assert.ok(buttons > 10 && sections > 1);
  });

  it('opens the object at the field that speaks for a cause', async () => {
    const { page } = running();
    await report().locator('.cause .evidence button', { hasText: 'spec.selector' }).first().click();
    const editor = page.locator('.tab.active', { hasText: 'Service lonely.yaml' });
    await editor.waitFor();
    await page.locator('.statusbar-item', { hasText: 'selected' }).waitFor();
    await page.keyboard.press('Control+F4');
  });

  it('shows what a fix changes, applies it when told to, and finds that it works', async () => {
    const { page, workbench } = running();
    await page.locator('.tab', { hasText: 'testpod1 → lonely:80' }).first().click();
    await report().locator('#fix-0-0-apply').click();
    await page.locator('.tab.active', { hasText: 'as it is ↔ with the fix' }).waitFor();
    await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    await workbench.picture('fix');
    await page.locator('.editor-actions [aria-label^="Apply Fix"]').first().click();
    // kubectl applied this service: who takes its field over is told so.
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Take Over' }).click();
    await report().locator('.notice', { hasText: 'Service default/lonely was changed' }).waitFor();
    await report().locator('#run-again').click();
    await report().locator('.verdict-reachable h1', { hasText: 'testpod1 reaches lonely:80' }).waitFor();
  });

  it('keeps the report over a reload of the window, and what was unfolded', async () => {
    const { page, workbench } = running();
    // Not page.reload(): VS Code keeps the state of webviews as it shuts down.
    await page.evaluate('document.body.classList.add("before-reload")');
    await workbench.runCommand('Developer: Reload Window');
    await page.locator('.before-reload').waitFor({ state: 'detached' });
    await workbench.waitUntilReady();
    await page.locator('.tab', { hasText: 'testpod1 → lonely:80' }).first().click();
    await report().locator('.verdict-reachable h1').waitFor();
    await report().locator('#hop-source[aria-expanded="true"]').waitFor();
    await report().locator('#run-again').click();
    await report().locator('#cancel, .verdict-reachable #run-again').first().waitFor();
    await report().locator('.verdict-reachable #run-again').waitFor();
  });
});
