import * as vscode from 'vscode';
import { Meanings } from '../../manifest/describe/meanings.ts';
import { builtInSchema, type Field, type ObjectType, type Schema } from '../../manifest/schema/schema.ts';
import { typeText } from '../../manifest/writing/typeAt.ts';
import { Usual } from '../../manifest/writing/usual.ts';
import type { ClusterKnowledge } from './cluster/clusterKnowledge.ts';

/** The types of fields, by the connected cluster first, and what they mean: in our words, else in the cluster's. */
export class FieldKnowledge {
  readonly usual = new Usual();
  readonly #meanings = new Meanings();
  readonly #builtIn = builtInSchema();
  readonly #cluster: ClusterKnowledge;

  constructor(cluster: ClusterKnowledge) {
    this.#cluster = cluster;
  }

  get schemas(): readonly Schema[] {
    const { schema } = this.#cluster;
    return schema === undefined ? [this.#builtIn] : [schema, this.#builtIn];
  }

  /** A field as hover and completion show it. */
  describe(holder: ObjectType, field: Field): vscode.MarkdownString {
    const preset = this.usual.defaultOf(holder.name, field.name);
    const facts = [
      typeText(field.type),
      ...(field.required ? [vscode.l10n.t('required')] : []),
      ...(preset === undefined ? [] : [vscode.l10n.t('default {0}', preset)]),
    ];
    const own = this.#meanings.of(holder.name, field.name);
    const cluster = own === undefined ? this.#cluster.describe(holder.name, field.name) : undefined;
    const text = new vscode.MarkdownString();
    text
      .appendMarkdown('**')
      .appendText(field.name)
      .appendMarkdown('** ')
      .appendText(`— ${facts.join(', ')}`);
    const meaning = own ?? cluster;
    if (meaning !== undefined) text.appendMarkdown('\n\n').appendText(meaning);
    const { title } = this.#cluster;
    if (cluster !== undefined && title !== undefined)
      text
        .appendMarkdown('\n\n*')
        .appendText(vscode.l10n.t('Text of the cluster: {0}', title))
        .appendMarkdown('*');
    return text;
  }
}
