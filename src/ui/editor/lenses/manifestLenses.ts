import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/event.ts';
import type { ObjectFacts } from '../../../manifest/facts.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import type { KnownFacts } from '../../../manifest/links/knownFacts.ts';
import { podTemplateOf } from '../../../manifest/links/mentionsOf.ts';
import { podSelectionOf } from '../../../manifest/links/selections.ts';
import { mountedVolumes } from '../../../manifest/links/volumeMounts.ts';
import { commands } from '../../host/ids.ts';
import { iconless } from '../../host/shownText.ts';
import { toRange } from '../convert.ts';
import { isWritten } from '../documents.ts';
import type { OpenManifests } from '../openManifests.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { fileFactsAround } from './fileFactsAround.ts';
import { lensChanges } from './lensChanges.ts';
import { lensSettings, type LensSettings } from './lensSettings.ts';
import type { LiveCluster } from './liveCluster.ts';

/** In a file with more objects lenses are no help, and cost time at each keystroke. */
const mostObjects = 500;
/** Longer lists of names are cut, and say so. */
const mostNames = 4;

/** One end of a connection, in the cluster or in the workspace's files. */
type LensQuestion = ({ readonly from: string } | { readonly to: string }) & { readonly files?: true };

/** Says above each object what can be done with it, what it selects, and who mounts its volumes. */
export class ManifestLenses implements vscode.CodeLensProvider, Disposable {
  readonly #manifests: OpenManifests;
  readonly #index: WorkspaceIndex;
  readonly #live: LiveCluster;
  readonly #store = new DisposableStore();

  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(parts: { manifests: OpenManifests; index: WorkspaceIndex; live: LiveCluster }) {
    this.#manifests = parts.manifests;
    this.#index = parts.index;
    this.#live = parts.live;
    this.onDidChangeCodeLenses = lensChanges(parts, this.#store);
  }

  dispose(): void {
    this.#store.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isWritten(document)) return [];
    const file = this.#manifests.read(document);
    if (file.objects.length > mostObjects) return [];
    const wanted = lensSettings(document.uri);
    const known = fileFactsAround(document, file, this.#index);
    return file.objects.flatMap((object) => [
      ...this.#documentLenses(document.uri, object, wanted),
      ...(wanted.selects ? selectsLens(document.uri, object, known, this.#index) : []),
      ...(wanted.endpoints ? this.#endpointsLens(object) : []),
      ...(wanted.mounts ? mountsLenses(document.uri, object) : []),
    ]);
  }

  #documentLenses(uri: vscode.Uri, object: ManifestObject, wanted: LensSettings): readonly vscode.CodeLens[] {
    const [first] = object.root.entries;
    if (first === undefined || object.kind === '') return [];
    const range = toRange(object.rangeOf(first.key));
    const lenses: vscode.CodeLens[] = [];
    if (wanted.apply && !object.broken) {
      lenses.push(
        lens(range, vscode.l10n.t('Apply'), commands.applyDocument, [uri, range.start.line], {
          tooltip: vscode.l10n.t('Try it on the server, show what changes, ask, and apply it'),
        }),
      );
    }
    const question = wanted.explain ? this.#questionAbout(object) : undefined;
    if (question !== undefined) {
      lenses.push(
        lens(range, vscode.l10n.t('Explain'), commands.explainConnection, [question], {
          tooltip: question.files
            ? vscode.l10n.t('Explain a connection by what the files of the workspace say, hop by hop')
            : vscode.l10n.t('Explain a connection, hop by hop'),
        }),
      );
    }
    return lenses;
  }

  /**
   * As the command takes it: a Service is a target, a pod a source; of a workload one of its running pods. What the
   * cluster does not have, or no cluster is there to have, is asked of the files, where a workload is a pod itself.
   */
  #questionAbout(object: ManifestObject): LensQuestion | undefined {
    if (object.name === '') return undefined;
    const { kind, name } = object;
    const namespace = this.#live.namespaceOf(object) ?? 'default';
    const inFiles = object.namespace ?? 'default';
    const isHidden = !this.#live.shows(namespace);
    if (kind === 'Service') {
      return isHidden || this.#live.service(object) !== undefined
        ? { to: `svc/${namespace}/${name}` }
        : { to: `svc/${inFiles}/${name}`, files: true };
    }
    if (podTemplateOf(object) === undefined) return undefined;
    const pod = this.#live.podOf(object);
    if (pod !== undefined) return { from: `pod/${pod.namespace}/${pod.name}` };
    return isHidden && kind === 'Pod'
      ? { from: `pod/${namespace}/${name}` }
      : { from: `pod/${inFiles}/${name}`, files: true };
  }

  #endpointsLens(object: ManifestObject): readonly vscode.CodeLens[] {
    if (object.kind !== 'Service') return [];
    const count = this.#live.endpointsOf(object);
    const service = this.#live.service(object);
    const spec = object.entryAt(['spec']);
    const { context } = this.#live;
    if (count === undefined || context === undefined || spec === undefined || service === undefined)
      return [];
    const title = vscode.l10n.t(
      '{0} of {1} endpoints ready in {2}',
      count.ready,
      count.all,
      iconless(context, 60),
    );
    const { kind, namespace, name } = service;
    return [
      lens(toRange(object.rangeOf(spec.key)), title, commands.showInCluster, [{ kind, namespace, name }], {
        tooltip: vscode.l10n.t('Show in the cluster view'),
      }),
    ];
  }
}

function selectsLens(
  uri: vscode.Uri,
  object: ManifestObject,
  known: KnownFacts,
  { isComplete, isReading }: WorkspaceIndex,
): readonly vscode.CodeLens[] {
  const selection = podSelectionOf(object, known);
  if (selection === undefined) return [];
  const { selected, pods, span } = selection;
  const range = toRange(object.rangeOf(span));
  if (selected.length === 0) {
    // What is still to be read may hold the pods; the lenses are asked anew at its end.
    if (isReading) return [];
    const title = isComplete
      ? vscode.l10n.t('selects no pod of these files')
      : vscode.l10n.t('selects no pod of the files that were read');
    return [new vscode.CodeLens(range, { title, command: '' })];
  }
  const names = listed(selected.map(({ kind, name }) => `${kind} ${name}`));
  const title =
    pods === undefined
      ? vscode.l10n.t('selects the pods of {0}', names)
      : pods === 1
        ? vscode.l10n.t('selects 1 pod')
        : vscode.l10n.t('selects {0} pods', pods);
  return [references(uri, range, title, names, selected.flatMap(locationOf))];
}

function mountsLenses(uri: vscode.Uri, object: ManifestObject): readonly vscode.CodeLens[] {
  return mountedVolumes(object).map(({ node, mounts }) => {
    const range = toRange(object.rangeOf(node));
    const names = listed([...new Set(mounts.map(({ container }) => container))]);
    if (mounts.length === 0)
      return new vscode.CodeLens(range, { title: vscode.l10n.t('mounted by no container'), command: '' });
    const places = mounts.map((mount) => new vscode.Location(uri, toRange(object.rangeOf(mount.node))));
    return references(uri, range, vscode.l10n.t('mounted by {0}', names), names, places);
  });
}

/** A lens that opens the places it speaks of. */
function references(
  uri: vscode.Uri,
  range: vscode.Range,
  title: string,
  tooltip: string,
  locations: readonly vscode.Location[],
): vscode.CodeLens {
  return lens(range, title, 'editor.action.showReferences', [uri, range.start, [...locations]], { tooltip });
}

function lens(
  range: vscode.Range,
  title: string,
  command: string,
  args: readonly unknown[],
  { tooltip }: { tooltip: string },
): vscode.CodeLens {
  return new vscode.CodeLens(range, { title: iconless(title, 120), command, arguments: [...args], tooltip });
}

function locationOf(facts: ObjectFacts): readonly vscode.Location[] {
  if (facts.place === undefined) return [];
  return [new vscode.Location(vscode.Uri.parse(facts.place.file, true), toRange(facts.place.range))];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  const hidden = names.length - mostNames;
  return hidden > 0 ? vscode.l10n.t('{0} and {1} more', shown, hidden) : shown;
}
