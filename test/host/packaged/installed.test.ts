import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { suiteEnvironment } from '../inside/environment.ts';

describe('the installed VSIX', () => {
  it('activates and registers the commands of its manifest', async () => {
    const { checkout } = suiteEnvironment();
    const text = await readFile(path.join(checkout, 'package.json'), 'utf8');
    const { publisher, name } = JSON.parse(text) as { publisher: string; name: string };
    const extension = vscode.extensions.getExtension<unknown>(`${publisher}.${name}`);
    assert.ok(extension, `${publisher}.${name} is not installed`);
    assert.ok(!extension.extensionPath.startsWith(checkout), 'this is the checkout, not the VSIX');
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const wanted = manifest.contributes.commands.map(({ command }) => command);
    assert.notEqual(wanted.length, 0);
    assert.deepEqual(
      wanted.filter((command) => !registered.has(command)),
      [],
    );
  });
});
