import * as vscode from 'vscode';
import { typeAt } from '../../manifest/writing/typeAt.ts';
import { toRange } from './convert.ts';
import type { FieldKnowledge } from './fieldKnowledge.ts';
import { cursorAt } from './names/cursor.ts';
import type { OpenManifests } from './openManifests.ts';

/** Says at a key what the field is for, of which type it is, whether it must be there, and what it is by default. */
export class FieldHover implements vscode.HoverProvider {
  readonly #manifests: OpenManifests;
  readonly #fields: FieldKnowledge;

  constructor(manifests: OpenManifests, fields: FieldKnowledge) {
    this.#manifests = manifests;
    this.#fields = fields;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const file = this.#manifests.read(document);
    const cursor = cursorAt(file, document.offsetAt(position));
    if (cursor?.at !== 'key') return undefined;
    const { apiVersion, kind } = cursor.object;
    const place = typeAt(this.#fields.schemas, apiVersion, kind, cursor.path);
    if (place?.field === undefined || place.holder === undefined) return undefined;
    return new vscode.Hover(
      this.#fields.describe(place.holder, place.field),
      toRange(file.lines.range(cursor.span)),
    );
  }
}
