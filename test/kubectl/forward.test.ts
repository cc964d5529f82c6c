import assert from 'node:assert/strict';
import { LabProcess } from './lab.ts';

const forwarding = /Forwarding from 127\.0\.0\.1:(\d+) -> (\d+)/;

describe('kubectl port-forward', function () {
  this.timeout(60_000);
  let lab: LabProcess;
  before(async () => {
    lab = await LabProcess.start();
    await lab.run('wait', '--for=condition=Ready', 'pod', '--all', '--timeout=40s');
  });
  after(async () => {
    assert.equal(await lab.stop(), 0);
    assert.equal(lab.complaints, '');
  });

  it('reaches a pod, many times and several at once', async () => {
    const texts = await lab.during(['port-forward', 'pod/testpod1', ':80'], forwarding, async ([, port]) => {
      const load = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text();
      const first = await load();
      return [first, ...(await Promise.all([load(), load(), load(), load()]))];
    });
    for (const text of texts) assert.match(text, /nginx/);
  });

  it('reaches a pod behind a service', async () => {
    const status = await lab.during(
      ['port-forward', 'svc/demoservice', ':80'],
      forwarding,
      async ([, port]) => {
        return (await fetch(`http://127.0.0.1:${port}/`)).status;
      },
    );
    assert.equal(status, 200);
  });

  it('says that nothing listens', async () => {
    const args = ['port-forward', 'pod/testpod1', ':8888'];
    await lab.during(args, forwarding, async ([, port]) => {
      await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
    });
  });
});
