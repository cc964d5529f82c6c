import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';
import { readableYaml } from '../../manifest/bareObject.ts';
import type { ObjectName } from '../../model/requests.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { cancellableProgress } from '../host/cancellableProgress.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { detailsScheme } from '../host/ids.ts';
import { MemoryFiles, showRendered } from '../host/memoryFiles.ts';
import { openCluster } from '../host/openCluster.ts';
import type { Session } from '../host/session.ts';
import { contextName } from '../host/stateText.ts';
import { describe } from './describe.ts';
import { gone, named, objectOf } from './objectOf.ts';

/** An object's place in the tree, as lines of text: what the explorer knows about it. */
export type Outline = (snapshot: Snapshot, object: ObjectName) => readonly OutlineLine[];
export interface OutlineLine {
  readonly depth: number;
  readonly label: string;
  readonly description: string;
}

/** So many documents are kept. */
const mostKept = 40;

/** Shows objects as read-only documents: their YAML, or a description with what is around them and their events. */
export class Details implements Disposable {
  readonly #session: Session;
  readonly #outline: () => Promise<Outline>;
  readonly #files = new MemoryFiles(detailsScheme);

  constructor(session: Session, outline: () => Promise<Outline>) {
    this.#session = session;
    this.#outline = outline;
  }

  /** @throws ExplainedError where the object is gone or may not be read; CancelledError. */
  async showYaml(argument: unknown): Promise<void> {
    const name = objectOf(argument);
    const cluster = await openCluster(this.#session);
    const object = await this.#read(cluster, name, (signal) => cluster.objects.get(name, signal));
    const uri = this.#keep(cluster, name, 'yaml', readableYaml(object));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'yaml'), {
      preview: true,
    });
  }

  /** As {@link showYaml}. */
  async showDescription(argument: unknown): Promise<void> {
    const name = objectOf(argument);
    const cluster = await openCluster(this.#session);
    const text = await this.#read(cluster, name, async (signal) => {
      const [object, events] = await Promise.all([
        cluster.objects.get(name, signal),
        cluster.objects.events(name, signal),
      ]);
      if (object === undefined) return undefined;
      const outline = (await this.#outline())(cluster.connection.snapshot, name);
      return describe(name, object, outline, events, contextName(cluster));
    });
    await showRendered(this.#keep(cluster, name, 'md', text));
  }

  dispose(): void {
    this.#files.dispose();
  }

  async #read<T>(
    _cluster: Cluster,
    name: ObjectName,
    read: (signal: AbortSignal) => Promise<T | undefined>,
  ): Promise<T> {
    const found = await cancellableProgress(vscode.l10n.t('Reading {0}', named(name)), read);
    if (found === undefined) throw gone(name);
    return found;
  }

  /** The same object has the same document, so that showing it again brings it up to date. */
  #keep({ context }: Cluster, name: ObjectName, ending: 'yaml' | 'md', text: string): vscode.Uri {
    const parts = [context.name, name.kind, name.namespace, `${name.name}.${ending}`].map((part) =>
      part.replaceAll('/', '\u2215'),
    );
    const uri = vscode.Uri.from({ scheme: detailsScheme, path: `/${parts.filter(Boolean).join('/')}` });
    this.#files.set(uri, text);
    this.#files.keepNewest(mostKept);
    return uri;
  }
}
