import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { scratch } from '../../scripts/tools/paths.ts';
import { panelPage, themes, useTheme, violations } from './axe.ts';
import { useWorkbench } from './harness.ts';

describe('The map in the workbench', () => {
  const running = useWorkbench();
  const map = (): FrameLocator => panelPage(running().page);
  const drawn = (): Promise<void> => map().locator('#page[aria-busy="false"]').waitFor();

  it('draws the cluster, its problem told by an icon and a word', async () => {
    const { workbench } = running();
    await workbench.openViewContainer('Pod Network');
    await workbench.runCommand('Pod Network: Show Map');
    await map().locator('.node.kind-Service', { hasText: 'demoservice' }).waitFor();
    await drawn();
    const lonely = map().locator('.node.kind-Service', { hasText: 'lonely' });
    assert.match(
      (await lonely.locator('.hit').getAttribute('aria-label')) ?? '',
      /^lonely, service, warning, selector matches no pod/,
    );
    await lonely.locator('.icon-warning').waitFor();
    await map().locator('.summary', { hasText: 'Every object is drawn.' }).waitFor();
  });

  it('is gone through by the keyboard alone, along the connections', async () => {
    const { page } = running();
    const service = map().locator('.node.kind-Service', { hasText: 'demoservice' });
    await service.locator('.hit').focus();
    await page.keyboard.press('ArrowRight');
    await map().locator('.node.kind-Pod.selected:focus-within', { hasText: 'mydeployments' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await map().locator('#details').waitFor();
    await map().locator('#details button:focus').waitFor();
    await page.keyboard.press('Escape');
    await map().locator('#details').waitFor({ state: 'detached' });
    await map().locator('.node.selected:focus-within').waitFor();
    const before = await map().locator('#map > g').getAttribute('transform');
    await page.keyboard.press('+');
    assert.notEqual(await map().locator('#map > g').getAttribute('transform'), before);
    await page.keyboard.press('0');
  });

  it('finds things, and leads to the tree', async () => {
    const { page } = running();
    await map().locator('#search').fill('lonely');
    await map().locator('.node.match.selected', { hasText: 'lonely' }).waitFor();
    await map().locator('#found', { hasText: '1 of 1' }).waitFor();
    await map().locator('.node.kind-Service', { hasText: 'lonely' }).locator('.hit').click();
    await map().locator('#act-show-in-tree').click();
    await page.locator('.part.sidebar .monaco-list-row.selected', { hasText: 'lonely' }).waitFor();
    await map().locator('#search').fill('');
    await map().locator('#details-close').click();
  });

  it('has a list of the same things', async () => {
    const nodes = await map().locator('.node').count();
    await map().locator('#show-list').click();
    await map().locator('#list').waitFor();
    assert.equal(await map().locator('#list > section > ul > li').count(), nodes);
    const broken = await violations(running().page);
    await map().locator('#show-list').click();
    assert.deepEqual(broken, []);
  });

  it('shows a check on the connection that it went over', async () => {
    const { workbench, page } = running();
    await workbench.contextMenu('testpod1', 'Test Service');
    await workbench.pick('demoservice');
    await workbench.pick('');
    // The report comes to the front when the check is done.
    await page.locator('.tab.active', { hasText: 'demoservice' }).waitFor();
    await page.locator('.tab', { hasText: 'Map' }).first().click();
    await map().locator('.edge-word.kind-check', { hasText: 'reachable' }).first().waitFor();
    await drawn();
    await map().locator('#map').press('Escape');
    await workbench.picture('map');
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`gives axe nothing to complain about in ${theme}`, async () => {
      await useTheme(running(), theme);
      await map().locator('.node.kind-Service', { hasText: 'demoservice' }).locator('.hit').click();
      await map().locator('#details').waitFor();
      await map().locator('#filter').click();
      await map().locator('#filter-form').waitFor();
      assert.deepEqual(await violations(running().page), []);
      await running().page.screenshot({ path: path.join(scratch, 'browser', `map-${themes[theme]}.png`) });
      await map().locator('#filter').click();
      await map().locator('#details-close').click();
    });
  }

  it('is looked at as before when its tab was hidden meanwhile', async () => {
    const { page, workbench } = running();
    await map().locator('#zoom-in').click();
    const before = await map().locator('#map > g').getAttribute('transform');
    await page.waitForTimeout(400);
    await workbench.openFile('service.yaml');
    await page.locator('.tab', { hasText: 'Map' }).first().click();
    await map().locator('.node.kind-Service', { hasText: 'demoservice' }).waitFor();
    await drawn();
    assert.equal(await map().locator('#map > g').getAttribute('transform'), before);
  });

  it('is exported as a drawing that needs nothing else', async () => {
    const { page, workbench, workspace } = running();
    await map().locator('#export').click();
    await workbench.saveAs('pod-network-map.svg', path.join(workspace, 'map.svg'));
    await page.locator('.statusbar-item', { hasText: 'Wrote map.svg' }).waitFor();
    const svg = await readFile(path.join(workspace, 'map.svg'), 'utf8');
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(svg, />demoservice</);
    assert.doesNotMatch(svg, /<script|href=|class=|var\(--|onload|<style|url\(/);
  });
});
