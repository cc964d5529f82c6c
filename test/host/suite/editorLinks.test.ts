import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionsAt,
  askUntil,
  closeEverything,
  openYaml,
  rangeOf,
  rangeText,
  run,
  workspaceUri,
} from './editorTools.ts';

const service = `apiVersion: v1
kind: Service
metadata:
  name: links
spec:
  selector:
    name: deployment
  ports:
    - port: 8080
      targetPort: 80
`;
const pod = `apiVersion: v1
kind: Pod
metadata:
  name: linked
  labels:
    app: linked
spec:
  containers:
    - name: c1
      image: nginx
      ports:
        - name: web
          containerPort: 8080
      volumeMounts:
        - name: data
          mountPath: /data
  volumes:
    - name: data
      emptyDir: {}
---
apiVersion: v1
kind: Service
metadata:
  name: linked
spec:
  selector:
    app: linked
  ports:
    - port: 80
      targetPort: web
`;

async function lensTitles(uri: vscode.Uri): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    50,
  );
  return lenses.map(({ command, range }) => `${range.start.line}: ${command?.title ?? ''}`);
}

describe('links between manifests', () => {
  const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('podNetwork');

  afterEach(async () => {
    await closeEverything();
    await configuration().update('codeLens.selects', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('find who uses a label, in other files and unsaved ones', async () => {
    const document = await openYaml(service);
    const deployment = await vscode.workspace.openTextDocument(workspaceUri('deployment.yaml'));
    const label = deployment.getText().lastIndexOf('name: deployment') + 'name: '.length;
    const found = await askUntil(
      () =>
        vscode.commands.executeCommand<vscode.Location[]>(
          'vscode.executeReferenceProvider',
          deployment.uri,
          deployment.positionAt(label),
        ),
      (answer) =>
        [document.uri, workspaceUri('service.yaml')].every((wanted) =>
          answer.some(({ uri }) => uri.toString() === wanted.toString()),
        ),
    );
    const own = found.find(({ uri }) => uri.toString() === document.uri.toString());
    assert.equal(own && rangeText(own.range), '6:10-6:20');
    assert.ok(
      found.some(({ uri }) => uri.path.endsWith('/service.yaml')),
      'the saved Service is found, too',
    );
  });

  it('rename a port in both documents and leave all else', async () => {
    const document = await openYaml(pod);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      rangeOf(document, 'targetPort: web').end,
      'www',
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(
      document.getText(),
      pod.replace('name: web', 'name: www').replace('targetPort: web', 'targetPort: www'),
    );
  });

  it('refuse a name that the server would refuse, and say why', async () => {
    const document = await openYaml(pod);
    const rename = (name: string): Thenable<unknown> =>
      vscode.commands.executeCommand(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        rangeOf(document, 'targetPort: web').end,
        name,
      );
    await assert.rejects(async () => rename('Web Port'), /may hold only a–z, 0–9/);
  });

  it('say in lenses what is selected and mounted, unless switched off', async () => {
    const document = await openYaml(pod);
    const expected = ['0: Apply', '17: mounted by c1', '20: Apply', '25: selects 1 pod'];
    const known = (titles: readonly string[]): readonly string[] =>
      titles.filter((title) => !title.includes('Explain'));
    const titles = await askUntil(
      () => lensTitles(document.uri),
      (answer) => expected.every((title) => answer.includes(title)),
    );
    assert.deepEqual([...known(titles)].sort(), [...expected].sort());
    await configuration().update('codeLens.selects', false, vscode.ConfigurationTarget.Workspace);
    assert.ok(!(await lensTitles(document.uri)).some((title) => title.includes('selects')));
  });

  it('write behind a target port which number it is', async () => {
    const document = await openYaml(pod);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
    );
    assert.deepEqual(
      hints.map(({ label, position }) => `${position.line}: ${typeof label === 'string' ? label : ''}`),
      ['29: → 8080'],
    );
  });

  it('fold documents and blocks', async () => {
    const document = await openYaml(pod);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const ranges = folds.map(({ start, end }) => `${start}-${end}`);
    for (const range of ['0-18', '19-29', '10-12', '16-18'])
      assert.ok(ranges.includes(range), `${range} of ${ranges.join()}`);
  });

  it('make a Service for a pod as a document of its own', async () => {
    const [alone = ''] = pod.split('---\n');
    const document = await openYaml(alone);
    const actions = await actionsAt(document, rangeOf(document, 'kind: Pod'), vscode.CodeActionKind.Refactor);
    await run(actions.find(({ title }) => title === 'Create Service for this Pod'));
    assert.equal(
      document.getText(),
      `${alone}---
apiVersion: v1
kind: Service
metadata:
  name: linked
spec:
  selector:
    app: linked
  ports:
    - name: web
      port: 8080
      targetPort: web
`,
    );
  });

  it('declare in the pod the port that a Service sends to', async () => {
    const document = await openYaml(pod.replace('targetPort: web', 'targetPort: 9090'));
    const actions = await actionsAt(
      document,
      rangeOf(document, 'targetPort'),
      vscode.CodeActionKind.Refactor,
    );
    await run(
      actions.find(
        ({ title }) => title === 'Declare port 9090 of Service linked in container c1 of Pod linked',
      ),
    );
    assert.equal(document.lineAt(13).text, '        - containerPort: 9090');
  });
});
