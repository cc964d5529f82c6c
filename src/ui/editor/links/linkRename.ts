import * as vscode from 'vscode';
import { ExplainedError } from '../../../base/errors.ts';
import type { Mention } from '../../../manifest/links/mention.ts';
import { mentionsAt } from '../../../manifest/links/mentionsOf.ts';
import { nameOf } from '../../../rules/newName.ts';
import { assertRenamable, planRename } from '../../../rules/rename.ts';
import { linkless } from '../../host/shownText.ts';
import { toRange } from '../convert.ts';
import type { OpenManifests } from '../openManifests.ts';
import type { Worlds } from '../world.ts';
import { namesOf } from './linkReferences.ts';
import type { MentionReader } from './mentionReader.ts';

/** Renames a label, port, volume or object in every place that means the same; VS Code can preview it. */
export class LinkRename implements vscode.RenameProvider {
  readonly #manifests: OpenManifests;
  readonly #worlds: Worlds;
  readonly #reader: MentionReader;

  constructor(manifests: OpenManifests, worlds: Worlds, reader: MentionReader) {
    this.#manifests = manifests;
    this.#worlds = worlds;
    this.#reader = reader;
  }

  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): { range: vscode.Range; placeholder: string } {
    const mention = this.#mentionAt(document, position);
    assertOrExplain(() => assertRenamable(mention));
    return { range: toRange(mention.object.rangeOf(mention.node)), placeholder: String(nameOf(mention)) };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    const start = this.#mentionAt(document, position);
    const { mentions, files, complete } = await this.#reader.read(document, namesOf([start]), token);
    if (token.isCancellationRequested) return undefined;
    const plan = assertOrExplain(() =>
      planRename(start, newName, {
        mentions,
        textOf: (file) => files.get(file)?.text ?? '',
        objects: this.#worlds.around(document).objects.filter(({ place }) => place !== undefined),
      }),
    );
    const edit = new vscode.WorkspaceEdit();
    const label = vscode.l10n.t('Rename to {0}', newName);
    for (const { file, range, newText } of plan.edits) {
      const uri = vscode.Uri.parse(file, true);
      edit.replace(uri, toRange(range), newText, { label, needsConfirmation: false });
    }
    const warnings = complete
      ? plan.warnings
      : [
          ...plan.warnings,
          vscode.l10n.t('Not every file of the workspace could be read; others may use the name, too.'),
        ];
    // Not awaited: the rename must not wait for somebody to read.
    if (warnings.length > 0) void vscode.window.showWarningMessage(linkless(warnings.join(' '), 2_000));
    return edit;
  }

  /** @throws Error where VS Code shall say that there is nothing to rename. */
  #mentionAt(document: vscode.TextDocument, position: vscode.Position): Mention {
    const [mention] = mentionsAt(this.#manifests.read(document), document.offsetAt(position));
    if (mention !== undefined) return mention;
    throw new Error(
      vscode.l10n.t(
        'Nothing here is a name that can be renamed. Put the cursor on a label, the name of a port, a volume or an object, or on a place that uses one.',
      ),
    );
  }
}

/** VS Code shows only an error's message, so the way out is put into it. */
function assertOrExplain<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ExplainedError) || error.remedy === undefined) throw error;
    const ended = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
    throw new Error(`${ended} ${error.remedy}`, { cause: error });
  }
}
