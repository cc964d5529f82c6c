import assert from 'node:assert/strict';
import { panelPage, themes, useTheme, violations } from './axe.ts';
import { useWorkbench } from './harness.ts';

// The matrix and the map are looked at in their own tests, in each of their states.
describe('Explained connections, for everybody', () => {
  const running = useWorkbench();
  const report = () => panelPage(running().page);

  before(async () => {
    const { workbench } = running();
    await workbench.openViewContainer('Pod Network');
    await workbench.contextMenu('lonely', 'Explain Connection');
    await workbench.pick('testpod1');
    await report().locator('.verdict-unreachable h1').waitFor();
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`give axe nothing to complain about in ${theme}, folded and unfolded`, async () => {
      const { page } = running();
      await useTheme(running(), theme);
      assert.deepEqual(await violations(page), []);
      await report().locator('#fold-all').click();
      assert.deepEqual(await violations(page), []);
      await report().locator('#fold-all').click();
    });
  }

  it('tell their answer by an icon with a word, not by colour', async () => {
    await report().locator('.verdict .answer svg').waitFor();
    assert.match(await report().locator('.verdict .answer .word').innerText(), /\S/);
    const hops = await report().locator('.hop').count();
    assert.ok(hops > 5);
    assert.equal(await report().locator('.hop svg').count(), hops);
    assert.equal(await report().locator('.hop .word', { hasText: /\S/ }).count(), hops);
  });
});
