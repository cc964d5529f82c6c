import * as vscode from 'vscode';
import type { MapNode, Node } from '../../manifest/node.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import type { Span } from '../../manifest/position.ts';
import { integerOf, mapOf, mapsOf, textOf } from '../../rules/read.ts';
import { toRange } from './convert.ts';
import { podPath } from './names/use.ts';
import type { OpenManifests } from './openManifests.ts';

/** The outline of a manifest: its objects; below them containers with ports and mounts, volumes, Service ports. */
export class Outline implements vscode.DocumentSymbolProvider {
  readonly #manifests: OpenManifests;

  constructor(manifests: OpenManifests) {
    this.#manifests = manifests;
  }

  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return this.#manifests.read(document).objects.map((object) => new ObjectOutline(object).symbol());
  }
}

class ObjectOutline {
  readonly #object: ManifestObject;

  constructor(object: ManifestObject) {
    this.#object = object;
  }

  symbol(): vscode.DocumentSymbol {
    const { root, name, kind } = this.#object;
    const at = this.#object.at(['metadata', 'name']) ?? this.#object.at(['kind']);
    const symbol = this.#symbol(name === '' ? kind : name, kind, vscode.SymbolKind.Object, root, at);
    const pod = podPath(this.#object);
    const spec = pod && mapOf(this.#object.at([...pod, 'spec']));
    if (spec) symbol.children.push(...this.#pod(spec));
    if (kind === 'Service') {
      const ports = mapsOf(this.#object.at(['spec', 'ports']));
      symbol.children.push(...ports.map((port) => this.#port(port, 'port', 'port')));
    }
    return symbol;
  }

  #pod(spec: MapNode): readonly vscode.DocumentSymbol[] {
    const containers = ['initContainers', 'containers'].flatMap((list) =>
      mapsOf(spec.get(list)).map((container) => this.#container(container, list)),
    );
    const volumes = mapsOf(spec.get('volumes')).map((volume) => {
      const source = volume.entries.find((entry) => entry.key.value !== 'name')?.key.value ?? 'emptyDir';
      const name = volume.get('name');
      return this.#symbol(textOf(name), `volume: ${source}`, vscode.SymbolKind.Field, volume, name);
    });
    return [...containers, ...volumes];
  }

  #container(container: MapNode, list: string): vscode.DocumentSymbol {
    const name = container.get('name');
    const detail = list === 'containers' ? 'container' : 'init container';
    const symbol = this.#symbol(textOf(name), detail, vscode.SymbolKind.Module, container, name);
    symbol.children = [
      ...mapsOf(container.get('ports')).map((port) => this.#port(port, 'containerPort', 'container port')),
      ...mapsOf(container.get('volumeMounts')).map((mount) => {
        const path = mount.get('mountPath');
        const volume = textOf(mount.get('name')) ?? '?';
        return this.#symbol(textOf(path), `mount of ${volume}`, vscode.SymbolKind.Property, mount, path);
      }),
    ];
    return symbol;
  }

  #port(port: MapNode, field: string, what: string): vscode.DocumentSymbol {
    const number = port.get(field);
    const name = textOf(port.get('name'));
    const title = [integerOf(number), name].filter((part) => part !== undefined).join(' ');
    return this.#symbol(title, what, vscode.SymbolKind.Interface, port, number);
  }

  /** @param at what to select; left out where an alias takes it elsewhere, since it must lie in the whole. */
  #symbol(
    title: string | undefined,
    detail: string,
    kind: vscode.SymbolKind,
    whole: Span,
    at: Node | undefined,
  ): vscode.DocumentSymbol {
    const isInside = at !== undefined && at.start >= whole.start && at.end <= whole.end;
    const range = toRange(this.#object.rangeOf(whole));
    const selection = isInside ? toRange(this.#object.rangeOf(at)) : range;
    // VS Code refuses a symbol without a name.
    return new vscode.DocumentSymbol(
      title === undefined || title === '' ? '?' : title,
      detail,
      kind,
      range,
      selection,
    );
  }
}
