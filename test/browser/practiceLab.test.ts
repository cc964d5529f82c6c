import assert from 'node:assert/strict';
import path from 'node:path';
import { useWorkbench } from './harness.ts';

describe('Without a kubeconfig', () => {
  const running = useWorkbench({
    kubeconfig: 'none',
    env: { KUBECONFIG: path.join(import.meta.dirname, 'there-is-no-such-kubeconfig') },
  });

  it('offers the practice lab, starts it, and says that it is simulated', async () => {
    const { workbench, page } = running();
    await workbench.openViewContainer('Pod Network');
    const start = page.locator('.welcome-view-content').getByRole('button', { name: 'Start Practice Lab' });
    await start.waitFor();
    await workbench.picture('no-kubeconfig');
    await start.click();
    await workbench.treeRow('testpod1').waitFor();
    await page.locator('.statusbar-item', { hasText: 'practice lab (simulated)' }).waitFor();
  });

  it('asks before it resets the lab, and shows it anew', async () => {
    const { workbench, page } = running();
    const deployed = workbench.treeRow('mydeployments-');
    const before = /mydeployments-\S+/.exec(await deployed.innerText())?.[0] ?? '';
    assert.notEqual(before, '');
    await workbench.runCommand('Pod Network: Reset Practice Lab');
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Reset', exact: true }).click();
    // The new lab names its pods anew.
    await workbench.treeRows.filter({ hasText: 'mydeployments-', hasNotText: before }).waitFor();
  });

  it('practises a fault: starts the lab anew with it, and asks the question that goes with it', async () => {
    const { workbench, page } = running();
    await workbench.runCommand('Pod Network: Practise a Fault…');
    await workbench.quickPickRows.filter({ hasText: 'Surprise Me' }).waitFor();
    await page.keyboard.type('typing error');
    await workbench.pick("The Service's selector has a typing error.");
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Start Anew' }).click();
    await page.locator('[id="status.notifications"] .codicon-bell-dot').waitFor();
    await workbench.runCommand('Notifications: Show Notifications');
    const question = page.locator('.notifications-center .notification-list-item', { hasText: 'as hoped?' });
    await question.getByRole('button', { name: 'Explain Connection' }).click();
    const report = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await report.locator('.cause h3', { hasText: 'selector-matches-nothing' }).waitFor();
  });

  it('asks the question of a practised fault again, without a new lab', async () => {
    const { workbench, page } = running();
    const web = workbench.treeRow(/^web.*80\/TCP/);
    const before = await web.innerText();
    await workbench.runCommand('Pod Network: Practise a Fault…');
    await workbench.pick('Ask Again');
    await page.locator('[id="status.notifications"] .codicon-bell-dot').waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
    assert.equal(await web.innerText(), before);
  });

  it('asks before it stops the lab, and shows the welcome text again', async () => {
    const { workbench, page } = running();
    await workbench.runCommand('Pod Network: Stop Practice Lab');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('All that was created or changed in it is lost.').waitFor();
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Start Practice Lab' }).waitFor();
    assert.equal(await page.locator('[id="status.notifications"] .codicon-bell-dot').count(), 0);
  });
});

describe('Without rights and without an answer', () => {
  const running = useWorkbench({
    labArguments: ['--with-viewer'],
    settings: { 'podNetwork.context': 'podnet-lab-viewer', 'podNetwork.namespaces': ['*'] },
  });

  it('shows what may be read, says what may not, and lets other namespaces be chosen', async () => {
    const { workbench, page } = running();
    await workbench.openViewContainer('Pod Network');
    const narrow = workbench.treeRow('Only default is shown');
    await narrow.waitFor();
    await workbench
      .treeRow(/^default/)
      .getByText('pods')
      .waitFor();
    await workbench.picture('narrow-rights');
    await narrow.click();
    await workbench.quickInput.locator('input[type="text"]').fill('default');
    await workbench.quickPickRows.filter({ hasText: 'default' }).first().waitFor();
    await page.keyboard.press('Enter');
    await workbench.treeRow('testpod1').waitFor();
    assert.equal(await narrow.count(), 0);
  });

  it('says that what it shows is not current once the server is gone', async () => {
    const { page, lab } = running();
    await lab?.stop();
    await page.locator('.statusbar-item', { hasText: /not current|unreachable/ }).waitFor();
  });
});
