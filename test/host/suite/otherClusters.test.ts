// Other clusters than the suite's own: one that is hostile, one that allows little, one that goes away.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import * as vscode from 'vscode';
import type { TestApi, TestTree } from '../../../src/ui/host/testApi.ts';
import { LabProcess } from '../../cluster/labProcess.ts';
import { hostileStrings, unshowable } from '../../unit/base/hostileStrings.ts';
import { answer, ApiServer, status } from '../../unit/cluster/support/apiServer.ts';
import { suiteEnvironment } from '../inside/environment.ts';
import { eventually, rowsOf, testApi, type ShownRow } from './clusterTools.ts';

const settings = vscode.workspace.getConfiguration('podNetwork');
const certificates = path.join(suiteEnvironment().checkout, 'test/unit/cluster/fixtures/tls');
const pem = (name: string): string => readFileSync(path.join(certificates, name), 'utf8');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
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

  function kubeconfigOf(cluster: object, user: object = {}): string {
    const file = path.join(folder, 'config.json');
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'c', cluster }],
        users: [{ name: 'u', user }],
        contexts: [{ name: 'other', context: { cluster: 'c', user: 'u' } }],
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
      await show(kubeconfigOf({ server: server.url }), 'other', ['default']);
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

  it('sees the client certificate on every way into the cluster, whatever VS Code does with requests', async () => {
    const seen = new Set<string>();
    const note = (how: string, { socket }: http.IncomingMessage): void => {
      if (!(socket instanceof TLSSocket)) return;
      // Without a certificate it is an empty object, whatever its type says.
      const { subject } = socket.getPeerCertificate() as { subject?: { CN?: unknown } };
      seen.add(`${how} ${String(subject?.CN)}`);
    };
    const pod = {
      metadata: { name: 'a', namespace: 'default', uid: 'u', resourceVersion: '1' },
      spec: { nodeName: 'n', containers: [{ name: 'c', image: 'i' }] },
      status: {
        phase: 'Running',
        podIP: '10.0.0.1',
        containerStatuses: [{ name: 'c', state: { running: {} } }],
      },
    };
    const tls = { key: pem('server.key'), cert: pem('server.pem'), ca: pem('ca.pem') };
    const server = https.createServer(
      { ...tls, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        note('request', request);
        const url = new URL(request.url ?? '/', 'https://server');
        if (url.searchParams.has('watch')) response.writeHead(200).flushHeaders();
        else if (url.pathname.startsWith('/apis/authorization')) answer(response, 404, {});
        else {
          const items = url.pathname.endsWith('/pods') ? [pod] : [];
          answer(response, 200, {
            kind: 'List',
            apiVersion: 'v1',
            metadata: { resourceVersion: '1' },
            items,
          });
        }
      },
    );
    server.on('upgrade', (request: http.IncomingMessage, socket: Socket) => {
      note('upgrade', request);
      socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
    // Not the address that VS Code leaves alone.
    server.listen(0, '127.0.0.2');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const cluster = {
        server: `https://127.0.0.2:${port}`,
        'tls-server-name': 'localhost',
        'certificate-authority-data': base64(pem('ca.pem')),
      };
      const user = {
        'client-certificate-data': base64(pem('client.pem')),
        'client-key-data': base64(pem('client.key')),
      };
      await show(kubeconfigOf(cluster, user), 'other', ['default']);
      await eventually(tree, async () =>
        (await allRows()).some(({ label }) => label === 'a') ? true : undefined,
      );
      // What it makes of the refusal may be a question to the user, which nobody answers here.
      void vscode.commands.executeCommand('podNetwork.testPodToPod', {
        from: 'pod/default/a:c',
        to: 'pod/default/a:80',
      });
      while (![...seen].some((how) => how.startsWith('upgrade'))) {
        await new Promise((done) => setTimeout(done, 20));
      }
      assert.deepEqual([...seen].sort(), ['request jane', 'upgrade jane']);
    } finally {
      server.close();
      server.closeAllConnections();
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
      await show(kubeconfigOf({ server: server.url }), 'other', ['default']);
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
