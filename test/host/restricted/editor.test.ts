import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEverything, expectFindings, openYaml } from '../suite/editorTools.ts';

describe('Manifests in a workspace that is not trusted', () => {
  afterEach(closeEverything);

  it('are checked all the same: nothing is run for that', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const document = await openYaml(
      'kind: Service --> a service\napiVersion: v1\nmetadata:\n  name: s\nspec:\n  ports: []\n',
    );
    await expectFindings(document.uri, ['lesson-arrow 0:14-0:27', 'service-ports-missing 5:2-5:7']);
  });
});
