import type * as vscode from 'vscode';
import { mentionsAt } from '../../../manifest/links/mentionsOf.ts';
import type { NameDefinition } from '../nameDefinition.ts';
import type { OpenManifests } from '../openManifests.ts';
import { linksAt, locationsOf } from './linkReferences.ts';
import type { MentionReader } from './mentionReader.ts';

/** Goes from any use of a name to where it is given; asks the quicker {@link NameDefinition} first. */
export class LinkDefinition implements vscode.DefinitionProvider {
  readonly #names: NameDefinition;
  readonly #manifests: OpenManifests;
  readonly #reader: MentionReader;

  constructor(names: NameDefinition, manifests: OpenManifests, reader: MentionReader) {
    this.#names = names;
    this.#manifests = manifests;
    this.#reader = reader;
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.LocationLink[] | vscode.Location[]> {
    const quick = await this.#names.provideDefinition(document, position, token);
    if (quick.length > 0) return quick;
    const file = this.#manifests.read(document);
    const isUse = mentionsAt(file, document.offsetAt(position)).some(({ role }) => role === 'uses');
    if (!isUse) return [];
    const found = await linksAt(file, document, position, this.#reader, token);
    return locationsOf(found?.givers ?? []);
  }
}
