import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../base/event.ts';
import { mapsAt, portIn } from '../../../manifest/links/find.ts';
import { resolvedPorts, type ResolvedPort } from '../../../manifest/links/resolvedPorts.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import type { Span } from '../../../manifest/position.ts';
import { toRange } from '../convert.ts';
import { isWritten } from '../documents.ts';
import type { OpenManifests } from '../openManifests.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { fileFactsAround } from './fileFactsAround.ts';
import { lensChanges } from './lensChanges.ts';
import { lensSettings } from './lensSettings.ts';
import type { LiveCluster } from './liveCluster.ts';

/** Writes behind a port what it leads to: `targetPort: web → 8080`, and the node port that the cluster gave. */
export class PortHints implements vscode.InlayHintsProvider, Disposable {
  readonly #manifests: OpenManifests;
  readonly #index: WorkspaceIndex;
  readonly #live: LiveCluster;
  readonly #store = new DisposableStore();

  readonly onDidChangeInlayHints: vscode.Event<void>;

  constructor(parts: { manifests: OpenManifests; index: WorkspaceIndex; live: LiveCluster }) {
    this.#manifests = parts.manifests;
    this.#index = parts.index;
    this.#live = parts.live;
    this.onDidChangeInlayHints = lensChanges(parts, this.#store);
  }

  dispose(): void {
    this.#store.dispose();
  }

  provideInlayHints(document: vscode.TextDocument, visible: vscode.Range): vscode.InlayHint[] {
    if (!isWritten(document) || !lensSettings(document.uri).inlayHints) return [];
    const file = this.#manifests.read(document);
    const known = fileFactsAround(document, file, this.#index);
    return file.objects
      .filter((object) => toRange(object.rangeOf(object.root)).intersection(visible) !== undefined)
      .flatMap((object) => [
        ...resolvedPorts(object, known).map((port) =>
          hint(object, port.span, labelOf(port), tooltipOf(port)),
        ),
        ...this.#nodePorts(object),
      ]);
  }

  /** Node ports that the manifest leaves to the cluster, and the cluster has chosen. */
  #nodePorts(object: ManifestObject): readonly vscode.InlayHint[] {
    const service = object.kind === 'Service' ? this.#live.service(object) : undefined;
    if (service === undefined) return [];
    return mapsAt(object.root, 'spec.ports[]').flatMap((map) => {
      const node = map.get('port');
      const live = service.ports.find(({ port }) => port === portIn(node));
      if (node === undefined || live?.nodePort === undefined || map.has('nodePort')) return [];
      const tooltip = vscode.l10n.t('The node port that the cluster {0} chose', this.#live.context ?? '');
      return [hint(object, node, vscode.l10n.t('nodePort {0}', live.nodePort), tooltip)];
    });
  }
}

function hint(object: ManifestObject, span: Span, label: string, tooltip: string): vscode.InlayHint {
  const made = new vscode.InlayHint(toRange(object.rangeOf(span)).end, label, vscode.InlayHintKind.Parameter);
  made.paddingLeft = true;
  made.tooltip = tooltip;
  return made;
}

function labelOf({ is, values }: ResolvedPort): string {
  const text = values.join(', ');
  return is === 'target' ? vscode.l10n.t('→ targetPort {0}', text) : `→ ${text}`;
}

function tooltipOf({ is, values }: ResolvedPort): string {
  if (is === 'target') return vscode.l10n.t('Without a targetPort the pods are asked on the same number.');
  if (is === 'name') return vscode.l10n.t('What the selected pods call this port.');
  return values.length > 1
    ? vscode.l10n.t('The name stands for different numbers in different pods; each is asked on its own.')
    : vscode.l10n.t('The number of the port with this name.');
}
