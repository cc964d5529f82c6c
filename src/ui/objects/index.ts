import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands, views } from '../host/ids.ts';
import type { Session } from '../host/session.ts';
import type { Details, Outline } from './details.ts';
import { ForwardList } from './forwardList.ts';
import { ForwardsTree } from './forwardsTree.ts';

/** Registers what can be done with one object: read it, delete it, its logs, ways to it. Loaded when first used. */
export function registerObjects(parts: {
  readonly commands: CommandRegistry;
  readonly session: Session;
  /** Loaded when first asked for. */
  readonly outline: () => Promise<Outline>;
}): Disposable {
  const { commands: registry, session, outline } = parts;
  const store = new DisposableStore();
  const forwards = store.add(new ForwardList());
  const tree = store.add(new ForwardsTree(forwards));
  store.add(vscode.window.createTreeView(views.forwards, { treeDataProvider: tree }));
  let details: Promise<Details> | undefined;
  const withDetails = async (): Promise<Details> => {
    details ??= import('./details.ts').then((module) => store.add(new module.Details(session, outline)));
    return details;
  };
  registry.register(commands.showYaml, async (item) => (await withDetails()).showYaml(item));
  registry.register(commands.describe, async (item) => (await withDetails()).showDescription(item));
  registry.register(commands.deleteObject, async (item) =>
    (await import('./deleteObject.ts')).deleteObject(session, item),
  );
  registry.register(commands.showPodLog, async (item) => (await import('./logs.ts')).showLogs(session, item));
  registry.register(commands.showPreviousLog, async (item) =>
    (await import('./logs.ts')).showPreviousLogs(session, item),
  );
  registry.register(commands.forwardPort, async (item) =>
    (await import('./forwardPort.ts')).forwardPort(session, forwards, item),
  );
  registry.register(commands.openInBrowser, async (item) =>
    (await import('./openInBrowser.ts')).openInBrowser(session, forwards, item),
  );
  registry.register(commands.openForward, async (item) => {
    const { forwardOf, openLocal } = await import('./forwardPort.ts');
    await openLocal(forwardOf(forwards, item), 'http');
  });
  registry.register(commands.stopForward, async (item) => {
    const { forwardOf } = await import('./forwardPort.ts');
    forwards.stop(forwardOf(forwards, item).id);
  });
  return store;
}
