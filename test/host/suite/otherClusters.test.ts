// Other clusters than the suite's own: one that is hostile, one that allows little, one that goes away.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestApi, TestTree } from '../../../src/ui/host/testApi.ts';
import { LabProcess } from '../../cluster/labProcess.ts';
import { hostileStrings, unshowable } from '../../unit/base/hostileStrings.ts';
import { answer, ApiServer, status } from '../../unit/cluster/support/apiServer.ts';
import { suiteEnvironment } from '../inside/environment.ts';
import { eventually, rowsOf, testApi, type ShownRow } from './clusterTools.ts';

const settings = vscode.workspace.getConfiguration('podNetwork');
const names = ['kubeconfig', 'context', 'namespaces'] as const;

describe('another cluster in the view', function () {
  this.timeout(60_000);
  let api: TestApi;
  let tree: TestTree;
  let folder: string;
  const before_ = new Map<string, unknown>();

  before(async () => {
    api = await testApi();
    tree = api.cluster;
    folder = mkdtempSync(path.join(tmpdir(), 'podnet-others-'));
    for (const name of names) before_.set(name, settings.inspect(name)?.globalValue);
    await vscode.commands.executeCommand('podNetwork.cluster.focus');
  });
  after(async () => {
    for (const name of names)
      await settings.update(name, before_.get(name), vscode.ConfigurationTarget.Global);
    rmSync(folder, { recursive: true });
    await eventually(tree, async () => ((await rowsOf(tree)).length > 0 ? true : undefined));
  });

  async function show(kubeconfig: string, context: string, namespaces: readonly string[]): Promise<void> {
    const values = { kubeconfig, context, namespaces };
    for (const name of names) await settings.update(name, values[name], vscode.ConfigurationTarget.Global);
  }

  function kubeconfigOf(server: string): string {
    const file = path.join(folder, 'config.json');
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'c', cluster: { server } }],
        contexts: [{ name: 'other', context: { cluster: 'c', user: '' } }],
      }),
    );
    return file;
  }

  async function allRows(parent?: ShownRow): Promise<readonly ShownRow[]> {
    const rows = await rowsOf(tree, parent);
    const below = await Promise.all(
      rows
        .filter(({ item }) => item.collapsibleState !== vscode.TreeItemCollapsibleState.None)
        .map((row) => allRows(row)),
    );
    return [...rows, ...below.flat()];
  }

  it('may put anything into its objects, and it stays text', async () => {
    const server = await new ApiServer().start();
    Object.values(hostileStrings).forEach((text, index) => {
      const metadata = { name: `${index} ${text}`, labels: { [text]: text }, annotations: { [text]: text } };
      server.put('/api/v1/pods', 'default', `p${index}`, {
        metadata,
        spec: {
          nodeName: text,
          containers: [{ name: text, image: text, ports: [{ name: text, containerPort: 80 }] }],
          volumes: [{ name: text, hostPath: { path: text } }],
        },
        status: { phase: text, podIP: text, reason: text, message: text },
      });
      server.put('/api/v1/services', 'default', `s${index}`, {
        metadata,
        spec: {
          selector: { [text]: text },
          clusterIP: text,
          ports: [{ name: text, port: 80, targetPort: text }],
        },
      });
    });
    try {
      await show(kubeconfigOf(server.url), 'other', ['default']);
      const wanted = Object.keys(hostileStrings).length;
      await eventually(tree, async () => {
        const pods = (await allRows()).filter(({ item }) => item.contextValue === 'pod');
        return pods.length >= wanted ? true : undefined;
      });
      const rows = await allRows();
      assert.ok(rows.length > 4 * wanted);
      for (const { label, description, item, element } of rows) {
        const spoken = item.accessibilityInformation?.label ?? '';
        for (const shown of [label, description, spoken]) assert.doesNotMatch(shown, unshowable);
        assert.ok(label.length <= 400 && description.length <= 400, `${label.length} ${description.length}`);
        assert.equal(item.command, undefined);
        const tooltip = tree.resolveTooltip(element);
        if (!(tooltip instanceof vscode.MarkdownString)) continue;
        assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
        assert.doesNotMatch(tooltip.value, /(?<!\\)\]\(|<script|<img/);
        assert.ok(tooltip.value.length < 200_000);
      }
    } finally {
      await server.stop();
    }
  });

  it('shows a user of one namespace that one, says what is missing, and starts nothing in vain', async () => {
    process.env.PODNET_LAB_JS = path.join(suiteEnvironment().checkout, 'dist', 'lab.js');
    const lab = await LabProcess.start('--with-viewer');
    try {
      await show(lab.kubeconfig, 'podnet-lab-viewer', ['*']);
      await eventually(tree, async () => {
        const found = await allRows();
        const says = found.some(({ label }) => /^Pods may be listed in default only$/.test(label));
        return says && found.some(({ label }) => label === 'testpod1') ? true : undefined;
      });
      const terminals = vscode.window.terminals.length;
      const pod = (await allRows()).find(({ label }) => label === 'testpod1');
      // Its message is shown and not awaited.
      await vscode.commands.executeCommand('podNetwork.openTerminal', pod?.element);
      assert.equal(vscode.window.terminals.length, terminals);
      const checks = (await api.checks.getChildren()).length;
      const record = await vscode.commands.executeCommand('podNetwork.testPodToPod', {
        from: 'pod/default/testpod1:c01',
        to: 'pod/default/testpod2:80',
      });
      assert.equal(record, undefined);
      assert.equal((await api.checks.getChildren()).length, checks);
    } finally {
      await lab.stop();
    }
  });

  it('tries again at once when asked to', async () => {
    const server = await new ApiServer().start();
    server.put('/api/v1/pods', 'default', 'back-again');
    let refusing = true;
    server.intercept = (_request, response) => {
      if (!refusing) return false;
      answer(response, 429, status(429, 'TooManyRequests', 'later'), { 'retry-after': '3600' });
      return true;
    };
    try {
      await show(kubeconfigOf(server.url), 'other', ['default']);
      while (server.requests.length === 0) await new Promise((done) => setTimeout(done, 20));
      refusing = false;
      const has = async (): Promise<true | undefined> =>
        (await allRows()).some(({ label }) => label === 'back-again') ? true : undefined;
      const shown = eventually(tree, has);
      const asking = setInterval(() => void vscode.commands.executeCommand('podNetwork.retry'), 200);
      await shown.finally(() => clearInterval(asking));
    } finally {
      await server.stop();
    }
  });
});
