import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Session } from '../../../src/ui/host/session.ts';
import { checkTool } from '../../../src/ui/languageModel/checkTool.ts';
import { lintTool } from '../../../src/ui/languageModel/lintTool.ts';
import { listTool } from '../../../src/ui/languageModel/listTool.ts';
import { asLanguageModelTool, type Tool } from '../../../src/ui/languageModel/tool.ts';
import { traceTool } from '../../../src/ui/languageModel/traceTool.ts';
import type { ExplainContent } from '../../../src/ui/panels/protocol/explain.ts';
import { callLab, rowAt, rowsOf, testApi } from './clusterTools.ts';
import { askUntil } from './editorTools.ts';

const policies = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';

const explain = (argument: object): Thenable<ExplainContent | undefined> =>
  vscode.commands.executeCommand('podNetwork.explainConnection', argument);

function openPanels(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('podNetwork.explain'),
    )
    .map(({ label }) => label);
}

async function denyAll(): Promise<void> {
  await callLab('POST', policies, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny-all' },
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  });
}

describe('Explain Connection', () => {
  before(async () => {
    await testApi();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('follows a connection that works, with probes as evidence, in a panel of its own', async () => {
    const content = await explain({ from: 'pod/default/testpod1', to: 'pod/default/testpod2:80' });
    assert.equal(content?.verdict, 'reachable', JSON.stringify(content));
    const application = content.hops.find(({ id }) => id === 'application');
    assert.equal(application?.status, 'ok');
    assert.match(application.probe?.command ?? '', /^kubectl .*exec -n default testpod1 /);
    assert.match(content.place, /simulated/);
    // VS Code tells extensions of a tab a moment after it has opened.
    const panels = await askUntil(
      () => Promise.resolve(openPanels()),
      (open) => open.length > 0,
    );
    assert.deepEqual(panels, ['testpod1 → testpod2:80']);
  });

  it('names the policy that stops one, with a fix that can be applied', async () => {
    await denyAll();
    try {
      const question = { from: 'pod/default/testpod1', to: 'pod/default/testpod2:80' };
      const content = await explain(question);
      assert.equal(content?.verdict, 'unreachable', JSON.stringify(content));
      const [cause] = content.causes;
      assert.equal(cause?.id, 'policy-ingress');
      assert.ok(cause.evidence.some(({ object }) => object === 'networkpolicy/default/deny-all'));
      assert.ok(cause.fixes.some(({ canApply, yaml }) => canApply && yaml?.includes('kind: NetworkPolicy')));
      assert.equal(content.hops.find(({ id }) => id === 'policy')?.status, 'failed');
      // The same question again is the same panel.
      await explain({ ...question, probe: false });
      assert.equal(openPanels().length, 1);
    } finally {
      await callLab('DELETE', `${policies}/deny-all`);
    }
  });

  it('without probes runs nothing, and says what it could not see', async () => {
    const content = await explain({
      from: 'pod/default/testpod1',
      to: 'svc/default/lonely:80',
      probe: false,
    });
    assert.equal(content?.verdict, 'unreachable');
    assert.equal(content.causes[0]?.id, 'selector-matches-nothing');
    assert.ok(content.hops.every(({ probe }) => probe === undefined));
    assert.ok(content.notSeen.some((line) => line.includes('no probe was made')));
  });

  it('says in the panel why it cannot look', async () => {
    const content = await explain({ from: 'pod/default/testpod1', to: 'pod/default/nobody:80' });
    assert.equal(content?.verdict, 'stopped');
    assert.match(content.sentence, /nobody/);
  });

  it('tries what is asked from outside the cluster from this machine', async () => {
    const content = await explain({ from: 'outside', to: 'node/node1:31412' });
    assert.notEqual(content?.verdict, 'stopped', JSON.stringify(content));
    const probed = content?.hops.flatMap(({ probe }) => probe ?? []) ?? [];
    assert.ok(probed.length > 0, JSON.stringify(content));
    assert.match(content?.how ?? '', /probe/);
  });

  it('reaches into namespaces that the tree does not show', async () => {
    const content = await explain({
      from: 'pod/default/testpod1',
      to: 'svc/kube-system/kube-dns:53',
      probe: false,
    });
    assert.notEqual(content?.verdict, 'stopped', JSON.stringify(content));
    assert.ok(!content?.causes.some(({ id }) => id === 'service-not-found'));
  });
});

describe('Explain by the files of the workspace', () => {
  before(async () => {
    await testApi();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is what the lens of a workload asks that the cluster does not have', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'yaml',
      content: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: not-applied
spec:
  selector:
    matchLabels: { app: not-applied }
  template:
    metadata:
      labels: { app: not-applied }
    spec:
      containers:
        - name: web
          image: nginx:1.27
          ports: [{ containerPort: 80 }]
`,
    });
    await vscode.window.showTextDocument(document);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      50,
    );
    const lens = lenses.find(({ command }) => command?.title === 'Explain');
    assert.deepEqual(lens?.command?.arguments, [{ from: 'pod/default/not-applied', files: true }]);
  });

  it('follows a connection between workloads, probes nothing, and applies nothing', async () => {
    const content = await explain({
      from: 'pod/default/mydeployments',
      to: 'svc/default/demoservice:80',
      files: true,
    });
    assert.notEqual(content?.verdict, 'stopped', JSON.stringify(content));
    assert.match(content?.place ?? '', /workspace's manifests/);
    assert.equal(content?.can.probe, false);
    assert.ok(content.hops.every(({ probe }) => probe === undefined));
    assert.ok(content.causes.every(({ fixes }) => fixes.every(({ canApply }) => !canApply)));
  });

  it('says which workload no file has', async () => {
    const content = await explain({
      from: 'pod/default/nobody',
      to: 'svc/default/demoservice:80',
      files: true,
    });
    assert.equal(content?.verdict, 'stopped');
    assert.match(content.sentence, /nobody/);
  });
});

describe('Who can reach a pod', () => {
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('stands in the tree, worked out when it is opened', async () => {
    const { cluster } = await testApi();
    const row = await rowAt(cluster, 'Pods', 'testpod2', 'Who can reach this pod');
    const peers = await rowsOf(cluster, row);
    const testpod1 = peers.find(({ label }) => label === 'testpod1');
    assert.match(testpod1?.description ?? '', /^all ports/);
    assert.ok(!peers.some(({ label }) => label === 'testpod2'), 'a pod is not its own peer');
  });

  it('stands in a document, with the rules that decide', async () => {
    await denyAll();
    try {
      const pod = { namespace: 'default', name: 'testpod2' };
      const text = await vscode.commands.executeCommand<string>('podNetwork.whoCanReach', pod);
      assert.match(text, /^# Who can reach pod default\/testpod2/);
      assert.match(text, /networkpolicy\/default\/deny\\-all/);
      assert.match(text, /Something passes: 0 workloads, 0 pods/);
      const out = await vscode.commands.executeCommand<string>('podNetwork.whatCanReach', pod);
      assert.match(out, /No NetworkPolicy restricts what goes out/);
    } finally {
      await callLab('DELETE', `${policies}/deny-all`);
    }
  });
});

describe('Preview What This Policy Changes', () => {
  const content = (selector: string): string =>
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: fresh
spec:
  podSelector: ${selector}
  policyTypes: [Ingress]
  ingress:
    - ports: [{ port: 80 }]
`;

  before(async () => {
    await testApi();
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('compares an unsaved text with the cluster and follows it while it is typed', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: content('{}') });
    await vscode.window.showTextDocument(document);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      50,
    );
    const lens = lenses.find(({ command }) => command?.title === 'Preview What This Policy Changes');
    assert.equal(lens?.range.start.line, 1);
    const text = await vscode.commands.executeCommand<string>('podNetwork.previewPolicy', document.uri);
    assert.match(text, /default\/fresh/);
    assert.match(text, /## Denied from now on/);
    assert.match(text, /all ports but TCP 80/);
    assert.match(text, /pod\/default\/testpod1/);

    const previewTab = (): vscode.Uri | undefined =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .map(({ input }) => (input instanceof vscode.TabInputCustom ? input.uri : undefined))
        .find((uri) => uri?.scheme === 'podnetwork-preview');
    const preview = await askUntil(
      () => Promise.resolve(previewTab()),
      (uri) => uri !== undefined,
    );
    assert.ok(preview);
    const shown = async (): Promise<string> =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(preview));
    const changed = async (wanted: RegExp): Promise<void> => {
      while (!wanted.test(await shown())) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const replace = async (next: string): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), next);
      await vscode.workspace.applyEdit(edit);
    };
    await replace(content('{ matchLabels: { app: nobody-has-this } }'));
    await changed(/nothing changes/);
    await replace(content('{ matchLabels: '));
    await changed(/Not current/);
  });
});

describe('Tools for language models', () => {
  const call = async (name: string, input: object): Promise<string> => {
    const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return result.content
      .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
      .join('\n');
  };

  it('are there, four of them', () => {
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('podnet_'));
    assert.deepEqual(names.sort(), ['podnet_check', 'podnet_lint', 'podnet_list', 'podnet_trace']);
  });

  it('list what there is, as data', async () => {
    const text = await call('podnet_list', { namespace: 'default' });
    assert.match(text, /"ref": "pod\/default\/testpod1"/);
    assert.match(text, /"ref": "svc\/default\/lonely"/);
    assert.doesNotMatch(text, /kube-system/);
    assert.match(text, /never an instruction/);
  });

  it('trace by the objects without asking anybody', async () => {
    const text = await call('podnet_trace', { from: 'pod/default/testpod1', to: 'svc/default/lonely:80' });
    assert.match(text, /"verdict": "unreachable"/);
    assert.match(text, /"id": "selector-matches-nothing"/);
    assert.match(text, /no probe was made/);
  });

  it('lint a text, and no file outside the workspace', async () => {
    const text = await call('podnet_lint', {
      content: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: Bad_Name\n',
    });
    assert.match(text, /"severity": "error"/);
    await assert.rejects(call('podnet_lint', { file: '../outside.yaml' }), /not in the workspace/);
    await assert.rejects(call('podnet_lint', { file: '/etc/passwd' }), /not in the workspace/);
  });

  it('say what is wrong with their input, and with the cluster', async () => {
    const to = 'svc/default/lonely:80';
    const from = 'pod/default/testpod1';
    await assert.rejects(call('podnet_trace', { from: 'pod/default/nobody', to }), /nobody/);
    await assert.rejects(call('podnet_trace', { from }), /The input "to" is missing/);
    await assert.rejects(call('podnet_trace', { from: 5, to }), /The input "from" is no text/);
    await assert.rejects(call('podnet_trace', { from: 'testpod1', to }), /pod\/NAMESPACE\/NAME/);
    await assert.rejects(call('podnet_trace', { from, to, protocol: 'ICMP' }), /none of TCP, UDP, SCTP/);
    await assert.rejects(call('podnet_trace', { from, to, probe: 'yes' }), /neither true nor false/);
    await assert.rejects(call('podnet_list', { namespace: ['default'] }), /"namespace" is no text/);
    await assert.rejects(call('podnet_list', { namespace: 'nowhere' }), /There is no namespace nowhere/);
    await assert.rejects(call('podnet_lint', {}), /Neither "file" nor "content" is given/);
  });

  it('stop when they are cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    const listing = vscode.lm.invokeTool(
      'podnet_list',
      { input: {}, toolInvocationToken: undefined },
      source.token,
    );
    source.cancel();
    await assert.rejects(Promise.resolve(listing), /[Cc]ancel/);
    source.dispose();
  });

  it('ask before they run anything in a container, naming both ends, and not before they read', async () => {
    const untouched: Session = new Proxy(Object.create(Session.prototype) as Session, {
      get: () => {
        throw new Error('What only prepares must not touch the cluster');
      },
    });
    const log = vscode.window.createOutputChannel('Tools in tests', { log: true });
    const parts = { session: untouched, log };
    const questionOf = async (tool: Tool, input: object): Promise<string | undefined> => {
      const { token } = new vscode.CancellationTokenSource();
      const prepared = await asLanguageModelTool(tool, log).prepareInvocation?.({ input }, token);
      const message = prepared?.confirmationMessages?.message;
      return typeof message === 'string' ? message : message?.value;
    };
    try {
      const ends = { from: 'pod/default/testpod1', to: 'svc/default/demo**service**' };
      for (const [tool, input] of [
        [checkTool(parts), ends],
        [traceTool(parts), { ...ends, probe: true }],
      ] as const) {
        const question = (await questionOf(tool, input)) ?? '';
        assert.match(question, /testpod1.*Nothing is changed/s);
        assert.ok(question.includes('demo') && !question.includes('**service**'), question);
        await assert.rejects(questionOf(tool, { from: 'pod/default/testpod1' }), /"to" is missing/);
      }
      assert.equal(await questionOf(traceTool(parts), ends), undefined);
      assert.equal(await questionOf(listTool(parts), {}), undefined);
      assert.equal(await questionOf(lintTool(), { content: 'a: b' }), undefined);
    } finally {
      log.dispose();
    }
  });
});
