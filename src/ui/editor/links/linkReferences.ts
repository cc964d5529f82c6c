import * as vscode from 'vscode';
import type { ManifestFile } from '../../../manifest/file.ts';
import { giversOf, usesOf } from '../../../manifest/links/link.ts';
import type { GivingMention, Mention } from '../../../manifest/links/mention.ts';
import { mentionsAt } from '../../../manifest/links/mentionsOf.ts';
import { nameOf } from '../../../rules/newName.ts';
import { toRange } from '../convert.ts';
import type { OpenManifests } from '../openManifests.ts';
import type { MentionReader } from './mentionReader.ts';

/** Finds who uses what: a label's selectors, a port's Services and probes, a volume's mounts, an object's users. */
export class LinkReferences implements vscode.ReferenceProvider {
  readonly #manifests: OpenManifests;
  readonly #reader: MentionReader;

  constructor(manifests: OpenManifests, reader: MentionReader) {
    this.#manifests = manifests;
    this.#reader = reader;
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.ReferenceContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const found = await linksAt(this.#manifests.read(document), document, position, this.#reader, token);
    if (found === undefined) return [];
    const { givers, all } = found;
    const uses = givers.flatMap((giver) => usesOf(giver, all));
    return locationsOf(context.includeDeclaration ? [...givers, ...uses] : uses);
  }
}

/** What stands at a place, and the givers that it is or means. undefined: nothing that others refer to. */
export async function linksAt(
  file: ManifestFile,
  document: vscode.TextDocument,
  position: vscode.Position,
  reader: MentionReader,
  token: vscode.CancellationToken,
): Promise<{ givers: readonly GivingMention[]; all: readonly Mention[] } | undefined> {
  const here = mentionsAt(file, document.offsetAt(position));
  if (here.length === 0) return undefined;
  const { mentions: all } = await reader.read(document, namesOf(here), token);
  if (token.isCancellationRequested) return undefined;
  const givers = here.flatMap((mention) => (mention.role === 'gives' ? [mention] : giversOf(mention, all)));
  return { givers: [...new Set(givers)], all };
}

export function namesOf(mentions: readonly Mention[]): readonly string[] {
  return [...new Set(mentions.map((mention) => String(nameOf(mention))))];
}

/** Each place once, in the order of files and lines. */
export function locationsOf(mentions: readonly Mention[]): vscode.Location[] {
  const locations = new Map<string, vscode.Location>();
  for (const { object, node } of mentions) {
    const range = toRange(object.rangeOf(node));
    const key = `${object.file} ${range.start.line}:${range.start.character}`;
    locations.set(key, new vscode.Location(vscode.Uri.parse(object.file, true), range));
  }
  return [...locations.values()];
}
