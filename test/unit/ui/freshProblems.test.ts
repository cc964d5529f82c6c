import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Kubeconfigs } from '../../../src/cluster/kubeconfig/kubeconfigs.ts';
import { FreshProblems, problemText } from '../../../src/ui/host/freshProblems.ts';

const good = `clusters:
- name: k
  cluster: {server: "https://127.0.0.1:1"}
contexts:
- name: c
  context: {cluster: k}
`;

describe('problems of a kubeconfig of which the rest can be used', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'podnet-problems-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('are told once with file, line and remedy, and again when they come back', async () => {
    const files = ['broken', 'good'].map((name) => path.join(folder, name));
    const [broken = '', whole = ''] = files;
    writeFileSync(whole, good);
    const environment = { env: { KUBECONFIG: files.join(path.delimiter) }, homedir: folder };
    const kubeconfigs = new Kubeconfigs({ environment });
    const news = new FreshProblems();
    const told = async (): Promise<readonly string[]> =>
      news.among(await kubeconfigs.problems()).map(problemText);

    writeFileSync(broken, 'clusters:\n- name: [\n');
    const first = await told();
    assert.equal(first.length, 1);
    const [text = ''] = first;
    const start = `${broken}:`;
    assert.ok(text.startsWith(start), text);
    assert.match(text.slice(start.length), /^\d+: This is not valid YAML.*\. Correct this line/);
    assert.equal((await kubeconfigs.read()).is, 'read');
    assert.deepEqual(await told(), []);
    writeFileSync(broken, good);
    assert.deepEqual(await told(), []);
    writeFileSync(broken, 'clusters:\n- name: [\n');
    assert.deepEqual(await told(), first);
    kubeconfigs.dispose();
  });
});
