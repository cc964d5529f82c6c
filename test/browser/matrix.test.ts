import assert from 'node:assert/strict';
import { createClient, Kubeconfigs } from '../../src/cluster/index.ts';
import { panelPage, themes, useTheme, violations } from './axe.ts';
import { useWorkbench } from './harness.ts';

/** A policy that lets nothing into the pods of `default`. */
async function denyAll(kubeconfig: string): Promise<void> {
  const kubeconfigs = new Kubeconfigs({ file: kubeconfig });
  const contexts = await kubeconfigs.read();
  const context = contexts.is === 'read' ? contexts.contexts[0] : undefined;
  assert.ok(context);
  const client = createClient(kubeconfigs, context);
  try {
    const response = await client.send({
      method: 'POST',
      path: '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies',
      body: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'deny-all' },
        spec: { podSelector: {}, policyTypes: ['Ingress'] },
      },
      signal: new AbortController().signal,
    });
    response.body.resume();
    assert.equal(response.status, 201);
  } finally {
    client.dispose();
    kubeconfigs.dispose();
  }
}

describe('The matrix in the workbench', () => {
  const running = useWorkbench({ settings: { 'podNetwork.namespaces': ['*'] } });
  const matrix = () => panelPage(running().page);
  const focused = () => matrix().locator('[role="gridcell"]:focus');
  const place = async (): Promise<string> => (await focused().getAttribute('id')) ?? '';

  it('fills while it is made, and tells each verdict by an icon and a word', async () => {
    const { workbench } = running();
    await workbench.openViewContainer('Pod Network');
    await workbench.runCommand('Pod Network: Test Matrix');
    await workbench.pick('Everything in default');
    await matrix().locator('#state', { hasText: 'done' }).waitFor();
    const refused = matrix().locator('.cell.tone-bad', { hasText: 'refused' }).first();
    await refused.locator('svg').waitFor();
    assert.match(
      (await refused.getAttribute('aria-label')) ?? '',
      /^pod\/default\/\S+ to svc\/default\/lonely:80: refused/,
    );
    assert.match(await matrix().locator('#sums').innerText(), /\d+ of \d+ reachable/);
    await workbench.picture('matrix');
  });

  it('is a grid by role, with a header for each row and column', async () => {
    const grid = matrix().getByRole('grid');
    const rows = Number(await grid.getAttribute('aria-rowcount'));
    assert.equal(await grid.getByRole('row').count(), rows);
    assert.equal(await grid.getByRole('rowheader').count(), rows - 1);
    assert.equal(
      await grid.getByRole('columnheader').count(),
      Number(await grid.getAttribute('aria-colcount')),
    );
    // One stop of the tab key for all cells.
    assert.equal(await grid.locator('[role="gridcell"][tabindex="0"]').count(), 1);
  });

  it('is used by the keyboard alone: arrows, Home and End, N, Enter, Escape, F and /', async () => {
    const { page } = running();
    await matrix().locator('#copy').focus();
    await page.keyboard.press('Tab');
    await focused().waitFor();
    assert.equal(await place(), 'cell-0-0');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    assert.equal(await place(), 'cell-1-1');
    await page.keyboard.press('End');
    const columns = Number(await matrix().getByRole('grid').getAttribute('aria-colcount')) - 1;
    assert.equal(await place(), `cell-1-${columns - 1}`);
    await page.keyboard.press('Home');
    assert.equal(await place(), 'cell-1-0');
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Control+Home');
    assert.equal(await place(), 'cell-0-0');
    const label = async (): Promise<string> => (await focused().getAttribute('aria-label')) ?? '';
    // The container without any tool comes first: it is inconclusive.
    await page.keyboard.press('n');
    assert.match(await label(), /: inconclusive/);
    while ((await label()).includes('inconclusive')) await page.keyboard.press('n');
    assert.match(await label(), /: refused/);
    const failure = await place();
    await page.keyboard.press('Enter');
    await matrix().locator('#evidence-title:focus', { hasText: '→ svc/default/lonely:80' }).waitFor();
    const evidence = await matrix().locator('#evidence').innerText();
    assert.match(evidence, /kubectl exec -n default /);
    await page.keyboard.press('Escape');
    await focused().waitFor();
    assert.equal(await place(), failure);
    await page.keyboard.press('f');
    await matrix().locator('#failures[aria-pressed="true"]').waitFor();
    assert.equal(await place(), failure);
    await page.keyboard.press('/');
    await matrix().locator('#filter:focus').waitFor();
    await page.keyboard.type('no such thing');
    await matrix().locator('#empty').waitFor();
    await page.keyboard.press('Tab');
    await matrix().locator('#show-all').focus();
    await page.keyboard.press('Enter');
    await matrix().locator('#filter:focus').waitFor();
    assert.equal(await matrix().locator('#shown').count(), 0);
  });

  it('compares with the run before, and leads to what broke', async () => {
    const { workbench, lab } = running();
    assert.ok(lab);
    await matrix().locator('#run-again').click();
    await matrix().locator('#comparison-title', { hasText: 'nothing changed' }).waitFor();
    await denyAll(lab.kubeconfig);
    await matrix().locator('#run-again').click();
    await matrix().locator('.mark-broke summary').waitFor();
    await matrix().locator('.mark-broke .link').first().click();
    await focused().waitFor();
    assert.match((await focused().getAttribute('aria-label')) ?? '', /timed out.*broke/);
    await workbench.picture('matrix-compared');
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`gives axe nothing to complain about in ${theme}`, async () => {
      const { page, workbench } = running();
      await useTheme(running(), theme);
      await matrix().locator('.cell').first().click();
      await matrix().locator('#evidence').waitFor();
      assert.deepEqual(await violations(page), []);
      await workbench.picture(`matrix-${themes[theme]}`);
      await matrix().locator('#group').click();
      await matrix().locator('#compact').click();
      assert.deepEqual(await violations(page), []);
      await matrix().locator('#group').click();
      await matrix().locator('#compact').click();
      await matrix().locator('#evidence-close').click();
    });
  }

  it('is given back after a reload of the window, with its filter', async () => {
    const { page, workbench } = running();
    await matrix().locator('#failures').click();
    await page.evaluate('document.body.classList.add("before-reload")');
    await workbench.runCommand('Developer: Reload Window');
    await page.locator('.before-reload').waitFor({ state: 'detached' });
    await workbench.waitUntilReady();
    await page.locator('.tab', { hasText: 'Matrix' }).first().click();
    await matrix().locator('#failures[aria-pressed="true"]').waitFor();
    await matrix().locator('#comparison-title', { hasText: 'broke' }).waitFor();
    await matrix().locator('.cell.tone-bad').first().click();
    await matrix().locator('#evidence-explain').waitFor();
  });
});
