import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MapContent } from '../../../src/ui/panels/protocol/map.ts';
import { callLab, eventually, rowAt, rowsOf, testApi } from './clusterTools.ts';

const showMap = (argument?: object): Thenable<MapContent | undefined> =>
  vscode.commands.executeCommand('podNetwork.showMap', argument);

function openMaps(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('podNetwork.map'),
    )
    .map(({ label }) => label);
}

/** The tabs follow the panel a moment later; the test's own time-out ends the wait. */
async function untilOpen(...labels: readonly string[]): Promise<void> {
  while (openMaps().join() !== labels.join()) {
    await new Promise<void>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
}

describe('Show Map', () => {
  before(async () => {
    const { cluster } = await testApi();
    // What is not read yet is not drawn yet.
    await eventually(cluster, async () => {
      const labels = (await rowsOf(cluster)).map(({ label }) => label);
      return labels.includes('Pods') && labels.includes('Services') ? true : undefined;
    });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('draws every object of a small cluster, in one panel however often it is asked', async () => {
    await showMap();
    const content = await showMap();
    await untilOpen('Map');
    assert.equal(content?.level, 'objects');
    assert.match(content.place, /simulated/);
    const ids = content.nodes.map(({ id }) => id);
    for (const id of ['Pod/default/testpod1', 'Service/default/demoservice', 'Node//node1']) {
      assert.ok(ids.includes(id), `${id} is not among ${ids.join(', ')}`);
    }
    const edge = content.edges.find(
      ({ from, kind }) => from === 'Service/default/demoservice' && kind === 'endpoint',
    );
    assert.match(edge?.to ?? '', /^(Pod|Workload)\/default\//);
    assert.equal(edge?.state, 'ok');
  });

  it('says what the tree says of a service that leads nowhere', async () => {
    const content = await showMap();
    const lonely = content?.nodes.find(({ id }) => id === 'Service/default/lonely');
    assert.deepEqual([lonely?.state, lonely?.word], ['warning', 'selector matches no pod']);
  });

  it('draws what a matrix and an explained connection found', async () => {
    const stateOf = async (from: string, to: string): Promise<string | undefined> => {
      const content = await showMap();
      const wanted = { from: `Pod/default/${from}`, to: `Service/default/${to}` };
      return content?.edges.find(
        (edge) => edge.kind === 'check' && edge.from === wanted.from && edge.to === wanted.to,
      )?.state;
    };
    await vscode.commands.executeCommand('podNetwork.clearChecks');
    assert.equal(await stateOf('testpod1', 'lonely'), undefined);
    await vscode.commands.executeCommand('podNetwork.testMatrix', {
      from: ['pod/default/testpod1'],
      to: ['svc/default/demoservice', 'svc/default/lonely'],
    });
    assert.equal(await stateOf('testpod1', 'demoservice'), 'ok');
    assert.equal(await stateOf('testpod1', 'lonely'), 'failed');
    await vscode.commands.executeCommand('podNetwork.explainConnection', {
      from: 'pod/default/testpod2',
      to: 'svc/default/demoservice:80',
      probe: true,
    });
    assert.equal(await stateOf('testpod2', 'demoservice'), 'ok');
    await vscode.commands.executeCommand('podNetwork.clearChecks');
    assert.equal(await stateOf('testpod2', 'demoservice'), undefined);
  });

  it('opens at a thing of the tree, in its namespace', async () => {
    const { cluster } = await testApi();
    const { element } = await rowAt(cluster, 'Pods', 'testpod1');
    const content = await showMap(element as object);
    assert.equal(content?.focus?.id, 'Pod/default/testpod1');
    assert.deepEqual(content.view.namespaces, ['default']);
    await untilOpen('Map: default');
  });

  it('bears names and labels that are made to hurt', async () => {
    const image = '<img src=x onerror=alert(1)>\u202e"]]>&';
    await callLab('POST', '/api/v1/namespaces/default/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'hostile-map', labels: { app: 'hostile-map' } },
      spec: { containers: [{ name: 'main', image }] },
    });
    try {
      const { cluster } = await testApi();
      await eventually(cluster, async () => {
        const rows = await rowsOf(cluster, await rowAt(cluster, 'Pods'));
        return rows.find(({ label }) => label === 'hostile-map');
      });
      const content = await showMap();
      const pod = content?.nodes.find(({ id }) => id === 'Pod/default/hostile-map');
      assert.ok(
        pod?.facts.some(({ value }) => value.includes('onerror')),
        'the image is not told as it is',
      );
    } finally {
      await callLab('DELETE', '/api/v1/namespaces/default/pods/hostile-map');
    }
  });
});
