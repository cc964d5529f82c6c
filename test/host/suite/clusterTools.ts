// What tests about the cluster share: the extension's trees, and a way to change the lab beside it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createClient, Kubeconfigs } from '../../../src/cluster/index.ts';
import type { TestApi, TestTree } from '../../../src/ui/host/testApi.ts';
import { suiteEnvironment } from '../inside/environment.ts';

export interface ShownRow {
  readonly element: unknown;
  readonly label: string;
  readonly description: string;
  readonly item: vscode.TreeItem;
}

/** The activated extension's trees. */
export async function testApi(): Promise<TestApi> {
  const extension = vscode.extensions.all.find(({ packageJSON }) => isOurs(packageJSON));
  assert.ok(extension, 'the extension is not loaded');
  return (await extension.activate()) as TestApi;
}

function isOurs(manifest: unknown): boolean {
  return (manifest as { name?: unknown }).name === 'pod-network-explorer';
}

export async function rowsOf(tree: TestTree, parent?: ShownRow): Promise<readonly ShownRow[]> {
  const elements = await tree.getChildren(parent?.element);
  return elements.map((element) => {
    const item = tree.getTreeItem(element);
    return {
      element,
      label: typeof item.label === 'string' ? item.label : (item.label?.label ?? ''),
      description: String(item.description ?? ''),
      item,
    };
  });
}

/** The row at the end of a path of labels; a label may be a pattern. */
export async function rowAt(tree: TestTree, ...path: readonly (string | RegExp)[]): Promise<ShownRow> {
  let row: ShownRow | undefined;
  for (const step of path) {
    const rows = await rowsOf(tree, row);
    row = rows.find(({ label }) => (typeof step === 'string' ? label === step : step.test(label)));
    assert.ok(row, `no row ${String(step)} among ${rows.map(({ label }) => label).join(', ')}`);
  }
  assert.ok(row);
  return row;
}

/** Asks again after every change of the tree until something is there; the test's own time-out ends it. */
export async function eventually<T>(tree: TestTree, look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    let changed: () => void = () => undefined;
    const change = new Promise<void>((resolve) => (changed = resolve));
    const subscription = tree.onDidChangeTreeData(() => changed());
    try {
      const found = await look();
      if (found !== undefined) return found;
      await change;
    } finally {
      subscription.dispose();
    }
  }
}

/** Sends a request to the lab, as somebody else would. */
export async function callLab(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<void> {
  const kubeconfigs = new Kubeconfigs({ file: suiteEnvironment().kubeconfig });
  const contexts = await kubeconfigs.read();
  assert.ok(contexts.is === 'read');
  const context = contexts.contexts.find(({ name }) => name === contexts.current);
  assert.ok(context);
  const client = createClient(kubeconfigs, context);
  try {
    const response = await client.send({
      method,
      path,
      ...(body === undefined ? {} : { body }),
      signal: new AbortController().signal,
    });
    response.body.resume();
    assert.ok(response.status < 300, `${method} ${path} answered ${response.status}`);
  } finally {
    client.dispose();
    kubeconfigs.dispose();
  }
}
