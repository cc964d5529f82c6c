import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { suiteEnvironment } from '../inside/environment.ts';

interface Manifest {
  publisher: string;
  name: string;
  contributes?: { commands?: { command: string }[] };
}

async function manifest(): Promise<Manifest> {
  const file = path.join(suiteEnvironment().checkout, 'package.json');
  return JSON.parse(await readFile(file, 'utf8')) as Manifest;
}

async function extension(): Promise<vscode.Extension<unknown>> {
  const { publisher, name } = await manifest();
  const found = vscode.extensions.getExtension<unknown>(`${publisher}.${name}`);
  assert.ok(found, `${publisher}.${name} is not loaded`);
  return found;
}

describe('the extension', () => {
  it('is loaded from the checkout', async () => {
    const { extensionPath } = await extension();
    assert.equal(extensionPath, suiteEnvironment().checkout);
  });

  it('activates', async () => {
    const found = await extension();
    await found.activate();
    assert.equal(found.isActive, true);
  });

  it('registers every command of its manifest', async () => {
    await (await extension()).activate();
    const wanted = (await manifest()).contributes?.commands?.map(({ command }) => command) ?? [];
    assert.notEqual(wanted.length, 0);
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = wanted.filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
