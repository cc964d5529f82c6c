// What a person sees while the cluster's API fails: view, status bar and the way back.
import { setFaults } from '../cluster/faultyLab.ts';
import { useWorkbench } from './harness.ts';

describe('A cluster whose API fails', function () {
  this.timeout(180_000);
  const running = useWorkbench();
  const faults = async (spec: string): Promise<void> => setFaults(running().kubeconfig ?? '', spec);
  const statusBar = (text: string | RegExp) => running().page.locator('.statusbar-item', { hasText: text });
  const view = () => running().page.locator('.part.sidebar');
  const welcome = () => running().page.locator('.welcome-view-content');
  const isLive = async (): Promise<void> => {
    await running().workbench.treeRow('testpod1').waitFor();
    await statusBar(/practice lab \(simulated\)$/).waitFor();
  };

  it('is not current, says since when and why, and is tried again from the status bar', async () => {
    const { workbench } = running();
    await workbench.openViewContainer('Pod Network');
    await isLive();
    await faults('server-error');
    await statusBar('not current').waitFor();
    await view()
      .getByText(/Shown as of .*etcdserver: request timed out.*Next try at/)
      .first()
      .waitFor();
    await workbench.treeRow('testpod1').waitFor();
    await workbench.picture('state-stale');
    await faults('none');
    await statusBar('not current').click();
    await isLive();
  });

  it('catches up while it reads anew', async () => {
    const { workbench } = running();
    await faults('watch-gone:0.7:5,slow-pages');
    await statusBar('catching up').first().waitFor();
    await workbench.picture('state-catching-up');
    await faults('none');
    await isLive();
  });

  for (const [fault, word, sentence] of [
    ['unauthorised', 'not signed in', 'does not accept the sign-in'],
    ['forbidden', 'forbidden', 'You may not list pods and services'],
  ] as const) {
    it(`says that it is ${fault}, and asks again when told to`, async () => {
      const { workbench } = running();
      await faults(fault);
      await statusBar(word).waitFor();
      await welcome().getByText(sentence).first().waitFor();
      await workbench.picture(`state-${fault}`);
      await faults('none');
      // For a minute and more nothing is tried by itself: each try may count towards locking an account.
      if (fault === 'forbidden') await welcome().getByText('try again').click();
      else await welcome().getByRole('button', { name: 'Try Again' }).click();
      await isLive();
    });
  }

  it('is unreachable from the start, and tried again from the view', async () => {
    const { workbench, page } = running();
    await faults('reset');
    await page.reload();
    await workbench.waitUntilReady();
    await workbench.openViewContainer('Pod Network');
    await statusBar('unreachable').waitFor();
    await welcome().getByText('The cluster does not answer.').first().waitFor();
    await workbench.picture('state-unreachable');
    // Tried again by hand it still is; once the server answers, it comes back by itself, too.
    await welcome().getByRole('button', { name: 'Try Again' }).click();
    await statusBar('unreachable').waitFor();
    await faults('none');
    await isLive();
  });

  it('is connecting for as long as nothing is answered', async () => {
    const { workbench, page } = running();
    await faults('no-answer');
    await page.reload();
    await workbench.waitUntilReady();
    await workbench.openViewContainer('Pod Network');
    await statusBar('connecting').waitFor();
    await workbench.picture('state-connecting');
    await faults('none');
  });
});
