import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';
import type { RevealedObject } from '../host/revealObject.ts';
import type { Subject } from '../host/subject.ts';
import type { ExplorerNode, Scene } from './node.ts';
import type { TreeEntry } from './treeItems.ts';
import { reconcile } from './treeItems.ts';

/** Gives VS Code the tree's items, and tells it which of them changed. */
export class ClusterTree implements vscode.TreeDataProvider<TreeEntry>, Disposable {
  readonly #changed = new vscode.EventEmitter<TreeEntry[] | undefined>();
  readonly #sceneWhenReady: () => Promise<Scene | undefined>;
  #roots: readonly TreeEntry[] | undefined;
  /** Loaded when somebody looks: activation must not pay for it. */
  #makeNodes: ((scene: Scene) => readonly ExplorerNode[]) | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param sceneWhenReady resolves once there is something to say; undefined where a welcome text says it. */
  constructor(sceneWhenReady: () => Promise<Scene | undefined>) {
    this.#sceneWhenReady = sceneWhenReady;
  }

  /** Everything may differ: VS Code asks again from the top. */
  reset(): void {
    this.#roots = undefined;
    this.#changed.fire(undefined);
  }

  /** Takes over a new scene; VS Code hears only of what differs in what it has asked for. */
  update(scene: Scene): void {
    if (this.#roots === undefined || this.#makeNodes === undefined) return;
    const { entries, rearranged, changed } = reconcile(this.#roots, this.#makeNodes(scene), undefined);
    this.#roots = entries;
    if (rearranged) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...changed]);
  }

  async getChildren(entry?: TreeEntry): Promise<TreeEntry[]> {
    if (entry !== undefined) return [...entry.expand()];
    const [scene, { roots }] = await Promise.all([this.#sceneWhenReady(), import('./roots.ts')]);
    this.#makeNodes = roots;
    if (scene === undefined) {
      this.#roots = undefined;
      return [];
    }
    this.#roots = reconcile(this.#roots ?? [], roots(scene), undefined).entries;
    return [...this.#roots];
  }

  getTreeItem({ node }: TreeEntry): vscode.TreeItem {
    const { TreeItemCollapsibleState: State } = vscode;
    const state =
      node.children === undefined ? State.None : node.startsExpanded ? State.Expanded : State.Collapsed;
    const item = new vscode.TreeItem(node.row.label, state);
    const { icon } = node.row;
    item.id = node.id;
    item.description = node.row.description;
    item.contextValue = node.row.viewItem;
    item.accessibilityInformation = { label: node.row.spoken };
    if (node.command !== undefined) item.command = node.command;
    if (icon !== undefined) {
      item.iconPath = new vscode.ThemeIcon(
        icon.id,
        icon.color ? new vscode.ThemeColor(icon.color) : undefined,
      );
    }
    return item;
  }

  /** The item of an object, wherever groups and pages have put it; undefined where it is not shown. */
  async find(object: RevealedObject): Promise<TreeEntry | undefined> {
    const groups = groupsOf(object);
    const search = (entries: readonly TreeEntry[]): TreeEntry | undefined => {
      for (const entry of entries) {
        if (isAbout(entry.subject, object)) return entry;
        const { id } = entry.node;
        const mayHold = groups.some(
          (group) => id === group || group.startsWith(`${id}/`) || isPartOf(entry, group),
        );
        const found = mayHold ? search(entry.expand()) : undefined;
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return search(this.#roots ?? (await this.getChildren()));
  }

  getParent({ parent }: TreeEntry): TreeEntry | undefined {
    return parent;
  }

  resolveTreeItem(item: vscode.TreeItem, { node }: TreeEntry): vscode.TreeItem {
    const tooltip = node.tooltip?.();
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Where the lists of a kind stand. */
const groupNames: Readonly<Record<string, string>> = {
  Pod: 'pods',
  Service: 'services',
  NetworkPolicy: 'policies',
  PersistentVolumeClaim: 'claims',
  Node: 'nodes',
  PersistentVolume: 'volumes',
  StorageClass: 'classes',
};

/** The ids of the groups that an object may stand in. */
function groupsOf({ kind, namespace }: RevealedObject): readonly string[] {
  const name = groupNames[kind];
  if (name === undefined) return [];
  return namespace === '' ? [`/${name}`] : [`${namespace}/${name}`, `*/${name}`];
}

/** Pages and sub-groups of a group: all but the objects themselves. */
function isPartOf({ node, subject }: TreeEntry, group: string): boolean {
  return subject === undefined && node.id.startsWith(`${group}/`);
}

function isAbout(subject: Subject | undefined, { kind, namespace, name }: RevealedObject): boolean {
  if (subject === undefined) return false;
  switch (subject.is) {
    case 'pod':
      return kind === 'Pod' && subject.namespace === namespace && subject.name === name;
    case 'service':
      return kind === 'Service' && subject.namespace === namespace && subject.name === name;
    case 'object':
      return subject.kind === kind && subject.namespace === namespace && subject.name === name;
    case 'container':
    case 'address':
    case 'check':
      return false;
  }
}
