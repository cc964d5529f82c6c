import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CheckRecord } from '../../../src/probe/check.ts';
import type { TestTree } from '../../../src/ui/host/testApi.ts';
import { rowsOf, testApi } from './clusterTools.ts';

const from = 'pod/default/testpod1:c01';
const ask = async (command: string, argument: object): Promise<readonly CheckRecord[]> => {
  const records: unknown = await vscode.commands.executeCommand(`podNetwork.${command}`, argument);
  assert.ok(Array.isArray(records), `${command} gave nothing`);
  return records as readonly CheckRecord[];
};

describe('Checks of every kind', () => {
  let checks: TestTree;

  before(async () => {
    checks = (await testApi()).checks;
    await vscode.commands.executeCommand('podNetwork.clearChecks');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('podNetwork.clearChecks');
  });

  it('asks a service by name and endpoint by endpoint', async () => {
    const to = 'svc/default/demoservice';
    const [short] = await ask('testService', { from, to, by: 'short' });
    assert.deepEqual([short?.url, short?.verdict], ['http://demoservice:80/', 'reachable']);
    const [endpoint] = await ask('testService', { from, to, by: 'endpoints' });
    assert.match(endpoint?.to ?? '', /^pod\/default\/mydeployments-/);
    const labels = (await rowsOf(checks)).map(({ label }) => label);
    assert.match(labels[0] ?? '', /^testpod1 → mydeployments-\S+:80$/);
    assert.equal(labels[1], 'testpod1 → demoservice:80 (demoservice)');
  });

  it('asks containers on localhost, addresses, names, and from this machine', async () => {
    const [localhost] = await ask('testLocalhost', { from: 'pod/default/testipod:c00', to: 'localhost:80' });
    assert.deepEqual([localhost?.verdict, localhost?.way?.is], ['reachable', 'same-pod']);
    const [udp] = await ask('testAddress', { from, to: 'udp://10.96.0.10:53' });
    assert.equal(udp?.reason, 'udp-answer');
    const [name] = await ask('testDns', { from, to: 'dns:demoservice' });
    assert.deepEqual(name?.lookup?.addresses, ['10.96.4.5']);
    const evidence = (await rowsOf(checks, (await rowsOf(checks))[0])).map(({ label }) => label);
    assert.ok(evidence.includes('Name servers') && evidence.includes('Names asked'), evidence.join());
    const outside = await ask('testFromHere', { to: 'svc/default/demoservice' });
    assert.deepEqual(
      outside.map(({ from: place, to, verdict }) => [place, to, verdict]),
      ['node/node1:31412', 'node/node2:31412'].map((to) => ['outside', to, 'reachable']),
    );
  });

  it('makes the checks of a podnet.yaml and marks the lines that are otherwise', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'podnet.yaml');
    const write = (...lines: readonly string[]): Thenable<void> =>
      vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(lines.join('\n')));
    try {
      await write(
        'checks:',
        '  - { name: a, from: pod/default/testpod1, to: svc/default/demoservice }',
        '  - { name: b, from: pod/default/testpod1, to: svc/default/lonely }',
        '',
      );
      const results: unknown = await vscode.commands.executeCommand('podNetwork.runChecksFile', uri);
      assert.deepEqual(results, [
        { name: 'a', is: 'passed' },
        { name: 'b', is: 'failed' },
      ]);
      const marked = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'podnet');
      assert.deepEqual(
        marked.map(({ range, severity }) => [range.start.line, severity]),
        [[2, vscode.DiagnosticSeverity.Error]],
      );
      assert.match(marked[0]?.message ?? '', /^Expected reachable\. .*refused/);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });
});
