import * as vscode from 'vscode';
import type { ObjectFacts } from '../../manifest/facts.ts';
import { scalarText } from '../../rules/edits.ts';
import { choicesFor, type Choice } from './names/choices.ts';
import { cursorForInsertion } from './names/cursor.ts';
import { useAt } from './names/use.ts';
import type { Worlds } from './world.ts';

/** Offers names that exist: labels for a selector, ports for a target port, volumes for a mount, objects. */
export class NameCompletion implements vscode.CompletionItemProvider {
  readonly #worlds: Worlds;

  constructor(worlds: Worlds) {
    this.#worlds = worlds;
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const { file, objects } = this.#worlds.around(document);
    const cursor = cursorForInsertion(file, document.offsetAt(position));
    const found = cursor && useAt(cursor);
    if (cursor === undefined || found === undefined) return [];
    const writesKey = cursor.at === 'key' || (found.is === 'label' && found.key === '');
    if (writesKey && found.is !== 'label') return [];
    const use = writesKey && found.is === 'label' ? { ...found, key: '' } : found;
    const range =
      document.getWordRangeAtPosition(position, /[\w./-]+/) ?? new vscode.Range(position, position);
    const after = document.lineAt(position.line).text.slice(range.end.character);
    const insert = writesKey ? (/^["']?\s*:(?:\s|$)/.test(after) ? keyText : pairText) : valueText;
    const choices = Map.groupBy(choicesFor(use, cursor.object, objects), insert);
    return [...choices].flatMap(([text, [first, ...others]], index) => {
      if (first === undefined) return [];
      const item = new vscode.CompletionItem(
        { label: text, description: giversOf([first, ...others]) },
        typeof first.value === 'number'
          ? vscode.CompletionItemKind.Value
          : vscode.CompletionItemKind.Reference,
      );
      item.detail = first.what;
      item.insertText = text;
      item.filterText = text;
      item.range = range;
      item.sortText = `${typeof first.value === 'number' ? '1' : '0'}${String(index).padStart(5, '0')}`;
      return [item];
    });
  }
}

function keyText({ key }: Choice): string {
  return scalarText(key ?? '');
}

function valueText({ value }: Choice): string {
  return typeof value === 'number' ? String(value) : scalarText(value);
}

function pairText(choice: Choice): string {
  return `${keyText(choice)}: ${valueText(choice)}`;
}

/** Who gives the name, in a few words. */
function giversOf(choices: readonly Choice[]): string {
  const givers = new Set(choices.map(({ place }) => ('giver' in place ? titleOf(place.giver) : '')));
  const [first = ''] = givers;
  return givers.size > 1 ? vscode.l10n.t('{0} and {1} more', first, givers.size - 1) : first;
}

function titleOf(facts: ObjectFacts): string {
  return `${facts.kind} ${facts.name}`;
}
