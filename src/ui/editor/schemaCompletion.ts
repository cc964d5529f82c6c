import * as vscode from 'vscode';
import { LineIndex } from '../../manifest/position.ts';
import { isTemplate } from '../../manifest/template.ts';
import { placeAt, type WritingPlace } from '../../manifest/writing/place.ts';
import { proposalsAt, type Proposal } from '../../manifest/writing/proposals.ts';
import { toRange } from './convert.ts';
import type { FieldKnowledge } from './fieldKnowledge.ts';

const kinds: Readonly<Record<Proposal['is'], vscode.CompletionItemKind>> = {
  field: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  kind: vscode.CompletionItemKind.Class,
};

/** An item remembers whose field it is, so that its text is looked up only when it is shown. */
class SchemaItem extends vscode.CompletionItem {
  readonly of: Proposal['of'];

  constructor(proposal: Proposal) {
    super(
      proposal.detail === '' ? proposal.label : { label: proposal.label, description: proposal.detail },
      kinds[proposal.is],
    );
    this.of = proposal.of;
  }
}

/**
 * Offers what the schema knows for a place: fields with what must stand in them, values, kinds with their
 * apiVersion. Works on text that is half written or broken. Names that exist come from NameCompletion.
 */
export class SchemaCompletion implements vscode.CompletionItemProvider<SchemaItem> {
  readonly #fields: FieldKnowledge;

  constructor(fields: FieldKnowledge) {
    this.#fields = fields;
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): SchemaItem[] {
    const text = document.getText();
    if (text.length > 1_000_000 || isTemplate(text)) return [];
    const offset = document.offsetAt(position);
    const place = placeAt(text, offset);
    if (place === undefined || !this.#isOurs(place, text)) return [];
    const range = toRange(new LineIndex(text).range(place.word));
    const indent = ' '.repeat(place.behindDash);
    return proposalsAt(place, this.#fields.schemas, this.#fields.usual).map((proposal, index) => {
      const item = new SchemaItem(proposal);
      // VS Code indents further lines like the first one, which begins before the dash.
      item.insertText = new vscode.SnippetString(proposal.snippet.replaceAll('\n', `\n${indent}`));
      item.filterText = proposal.label;
      item.range = range;
      item.sortText = `${proposal.isRequired ? '2' : '3'}${String(index).padStart(5, '0')}`;
      if (proposal.isRequired && proposal.is === 'value') item.preselect = true;
      if (proposal.apiVersion !== undefined) {
        const edit = versionEdit(document, place, position, proposal.apiVersion);
        if (edit) item.additionalTextEdits = [edit];
      }
      return item;
    });
  }

  resolveCompletionItem(item: SchemaItem): SchemaItem {
    if (item.of) item.documentation = this.#fields.describe(item.of.holder, item.of.field);
    return item;
  }

  /** YAML that says neither kind nor apiVersion is ours only while it is nearly empty. */
  #isOurs(place: WritingPlace, text: string): boolean {
    if (place.apiVersion !== '' || place.kind !== '') return true;
    return place.path.length <= 1 && text.trim().length < 200 && !/^\s*[[{]/.test(text);
  }
}

/** Brings the document's apiVersion in line with a kind that is chosen. */
function versionEdit(
  document: vscode.TextDocument,
  place: WritingPlace,
  position: vscode.Position,
  apiVersion: string,
): vscode.TextEdit | undefined {
  if (place.apiVersion === apiVersion) return undefined;
  if (place.apiVersion === '') {
    if (place.siblings.has('apiVersion')) return undefined;
    const start = new vscode.Position(position.line, 0);
    return vscode.TextEdit.insert(start, `apiVersion: ${apiVersion}\n`);
  }
  // The line of this document's apiVersion, above or below.
  for (const step of [-1, 1]) {
    for (let line = position.line + step; line >= 0 && line < document.lineCount; line += step) {
      const { text } = document.lineAt(line);
      if (/^---(?:\s|$)/.test(text)) break;
      const match = /^apiVersion:\s+/.exec(text);
      if (match) {
        const end = /\s*(?:#.*)?$/.exec(text)?.index ?? text.length;
        return vscode.TextEdit.replace(new vscode.Range(line, match[0].length, line, end), apiVersion);
      }
    }
  }
  return undefined;
}
