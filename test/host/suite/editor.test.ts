import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionsAt,
  closeEverything,
  codeOf,
  expectFindings,
  findings,
  openYaml,
  rangeOf,
  run,
  workspaceUri,
  writeFile,
} from './editorTools.ts';

/** The lesson's Service as it is pasted: with a note behind an arrow in each line. */
const pasted = `kind: Service --> Defines to create service type object
apiVersion: v1
metadata:
  name: demoservice
spec:
  ports:
    - port: 80 --> Containers port exposed
      targetPort: 80
  selector:
    name: deployment
`;

const badPorts = `apiVersion: v1
kind: Service
metadata:
  name: bad-ports
spec:
  type: ClusterIP
  selector:
    name: deployment
  ports:
    - name: web
      port: 80
      nodePort: 30081
    - port: 70000
      targetPort: 80
`;
const badPortsFindings = [
  'node-port-on-cluster-ip 11:6-11:14',
  'service-port-unnamed 12:6-12:10',
  'service-port-number 12:12-12:17',
];

const titles = (actions: readonly vscode.CodeAction[]): readonly string[] =>
  actions.map(({ title }) => title);

describe('diagnostics of manifests', () => {
  afterEach(closeEverything);

  it('mark the arrows of the lesson, and one fix makes all of them comments', async () => {
    const document = await openYaml(pasted);
    await expectFindings(document.uri, ['lesson-arrow 0:14-0:55', 'lesson-arrow 6:15-6:42']);
    const actions = await actionsAt(document, rangeOf(document, '--> Defines'));
    assert.deepEqual(titles(actions), [
      'Make the note a comment',
      'Repair Manifest…',
      'Fix all 2 of lesson-arrow in this file',
      'Ignore lesson-arrow here',
      'Switch off lesson-arrow (setting)',
      'Explain lesson-arrow',
    ]);
    assert.deepEqual(
      actions.map(({ isPreferred }) => isPreferred === true),
      [true, false, false, false, false, false],
    );
    await run(actions.find(({ title }) => title.startsWith('Fix all')));
    assert.equal(document.getText(), pasted.replaceAll('-->', '#'));
    await expectFindings(document.uri, []);
  });

  it('mark a Service’s bad ports on the right characters, with a link to the rule’s page', async () => {
    const document = await openYaml(badPorts);
    await expectFindings(document.uri, badPortsFindings);
    const all = vscode.languages.getDiagnostics(document.uri);
    assert.ok(all.every(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    for (const diagnostic of all) {
      assert.ok(typeof diagnostic.code === 'object');
      assert.ok(diagnostic.code.target.path.endsWith(`/docs/rules/${codeOf(diagnostic)}.md`));
      const page = await vscode.workspace.fs.readFile(diagnostic.code.target);
      assert.match(new TextDecoder().decode(page), new RegExp(`^# .*`));
    }
  });

  it('go when the quick fix is taken', async () => {
    const document = await openYaml(badPorts);
    await expectFindings(document.uri, badPortsFindings);
    const actions = await actionsAt(document, rangeOf(document, 'nodePort:'));
    await run(actions.find(({ title }) => title === 'Remove nodePort'));
    await expectFindings(document.uri, [
      'service-port-unnamed 11:6-11:10',
      'service-port-number 11:12-11:17',
    ]);
  });

  it('follow the typing: what is shown belongs to the last version', async () => {
    const document = await openYaml(badPorts);
    await expectFindings(document.uri, badPortsFindings);
    for (const digit of ['7000', '700', '70', '7']) {
      const edit = new vscode.WorkspaceEdit();
      const at = /port: (\d+)\n {6}targetPort/.exec(document.getText());
      assert.ok(at?.[1]);
      const start = document.positionAt(at.index + 'port: '.length);
      edit.replace(document.uri, new vscode.Range(start, start.translate(0, at[1].length)), digit);
      assert.ok(await vscode.workspace.applyEdit(edit));
    }
    await expectFindings(document.uri, badPortsFindings.slice(0, 2));
  });

  it('are fixed on save where that is switched on, as far as it is safe', async () => {
    const document = await openYaml(pasted, 'fix-on-save.yaml');
    const actions = await actionsAt(
      document,
      new vscode.Range(0, 0, 0, 0),
      vscode.CodeActionKind.SourceFixAll.append('podNetwork'),
    );
    assert.deepEqual(titles(actions), ['Fix all that is safe to fix']);
    await run(actions[0]);
    assert.equal(document.getText(), pasted.replaceAll('-->', '#'));
    await document.save();
  });

  it('are silent about YAML that is not Kubernetes, and about templates', async () => {
    for (const text of ['version: 3\nservices: {}\n', pasted.replace('demoservice', '{{ .Release.Name }}')]) {
      const document = await openYaml(text);
      await actionsAt(document, new vscode.Range(0, 0, 0, 0));
      assert.deepEqual(findings(document.uri), []);
    }
  });

  it('go when the document is no longer YAML', async () => {
    const document = await openYaml(badPorts);
    await expectFindings(document.uri, badPortsFindings);
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await expectFindings(document.uri, []);
  });
});

describe('switching rules off', () => {
  afterEach(async () => {
    await closeEverything();
    const configuration = vscode.workspace.getConfiguration('podNetwork.lint');
    for (const name of ['disabledRules', 'enabled', 'severity']) {
      await configuration.update(name, undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('for one line, by a comment', async () => {
    const document = await openYaml(badPorts);
    await expectFindings(document.uri, badPortsFindings);
    const actions = await actionsAt(document, rangeOf(document, 'nodePort:'));
    await run(actions.find(({ title }) => title === 'Ignore node-port-on-cluster-ip here'));
    assert.equal(document.lineAt(11).text, '      # podnet-ignore: node-port-on-cluster-ip');
    await expectFindings(document.uri, [
      'service-port-unnamed 13:6-13:10',
      'service-port-number 13:12-13:17',
    ]);
  });

  it('for the workspace, by the action that writes the setting', async () => {
    const document = await openYaml(badPorts);
    await expectFindings(document.uri, badPortsFindings);
    const actions = await actionsAt(document, rangeOf(document, 'nodePort:'));
    await run(actions.find(({ title }) => title === 'Switch off node-port-on-cluster-ip (setting)'));
    await expectFindings(document.uri, badPortsFindings.slice(1));
    const { workspaceValue } =
      vscode.workspace.getConfiguration('podNetwork.lint').inspect<string[]>('disabledRules') ?? {};
    assert.deepEqual(workspaceValue, ['node-port-on-cluster-ip']);
  });

  it('or giving them another severity, by the setting', async () => {
    const document = await openYaml(badPorts);
    await expectFindings(document.uri, badPortsFindings);
    const configuration = vscode.workspace.getConfiguration('podNetwork.lint');
    const severity = { 'service-port-number': 'hint', 'service-port-unnamed': 'off' };
    await configuration.update('severity', severity, vscode.ConfigurationTarget.Workspace);
    await expectFindings(document.uri, [badPortsFindings[0] ?? '', badPortsFindings[2] ?? '']);
    const severities = vscode.languages.getDiagnostics(document.uri).map((diagnostic) => diagnostic.severity);
    assert.deepEqual(severities, [vscode.DiagnosticSeverity.Error, vscode.DiagnosticSeverity.Information]);
  });

  it('all at once', async () => {
    const document = await openYaml(badPorts);
    await expectFindings(document.uri, badPortsFindings);
    const configuration = vscode.workspace.getConfiguration('podNetwork.lint');
    await configuration.update('enabled', false, vscode.ConfigurationTarget.Workspace);
    await expectFindings(document.uri, []);
  });
});

describe('the workspace’s other files', () => {
  const service = badPorts
    .replace('    name: deployment\n', '    app: only-here\n')
    .replace(/ {2}ports:[^]*/, '  ports:\n    - port: 80\n');
  const pod = `apiVersion: v1
kind: Pod
metadata:
  name: only-here
  labels:
    app: only-here
spec:
  containers:
    - name: c
      image: nginx
      ports:
        - containerPort: 80
`;
  const missing = ['selector-matches-nothing 6:2-6:10'];
  /** Another pod has the same label with another value: then that value is what is marked. */
  const nearly = ['selector-matches-nothing 7:9-7:18'];

  afterEach(async () => {
    await closeEverything();
    for (const name of ['other.yaml', 'folder']) {
      await vscode.workspace.fs
        .delete(workspaceUri(name), { recursive: true })
        .then(undefined, () => undefined);
    }
  });

  it('decide whether a selector matches nothing, as they come and go', async () => {
    const document = await openYaml(service);
    await expectFindings(document.uri, missing);
    await writeFile('other.yaml', pod);
    await expectFindings(document.uri, []);
    await writeFile('other.yaml', pod.replaceAll('only-here', 'elsewhere'));
    await expectFindings(document.uri, nearly);
    await vscode.workspace.fs.createDirectory(workspaceUri('folder'));
    await writeFile('folder/other.yaml', pod);
    await expectFindings(document.uri, []);
    await vscode.workspace.fs.delete(workspaceUri('folder'), { recursive: true });
    await expectFindings(document.uri, nearly);
  });

  it('count as they stand in the editor, saved or not', async () => {
    const document = await openYaml(service);
    await expectFindings(document.uri, missing);
    const other = await openYaml(pod);
    await expectFindings(document.uri, []);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(other.uri, rangeOf(other, 'app: only-here'), 'app: changed');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await expectFindings(document.uri, nearly);
  });

  it('are not everything: what they lack is remarked, not called missing', async () => {
    const document = await openYaml(service);
    await expectFindings(document.uri, missing);
    const [remark] = vscode.languages.getDiagnostics(document.uri);
    assert.equal(remark?.severity, vscode.DiagnosticSeverity.Information);
    assert.match(remark.message, /none of the pods known here \(.+\)/);
  });
});
