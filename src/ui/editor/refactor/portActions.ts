import * as vscode from 'vscode';
import { factsOfObject, type ObjectFacts } from '../../../manifest/facts.ts';
import type { ManifestFile } from '../../../manifest/file.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import {
  containersOf,
  declarePort,
  isServedBy,
  missingPorts,
  type MissingPort,
} from '../../../rules/refactor/declarePort.ts';
import { toTextEdits } from '../convert.ts';
import type { MentionReader } from '../links/mentionReader.ts';
import { objectOf } from '../names/place.ts';
import type { World } from '../world.ts';

/** More than these are too many to choose from in a menu. */
const mostActions = 8;

/** Offers to declare ports that a Service sends to: at the Service for all its pods, at the pods for all Services. */
export class PortActions {
  readonly #reader: MentionReader;

  constructor(reader: MentionReader) {
    this.#reader = reader;
  }

  async actions(
    document: vscode.TextDocument,
    object: ManifestObject,
    world: World,
    token: vscode.CancellationToken,
  ): Promise<readonly vscode.CodeAction[]> {
    const self = factsOfObject(object);
    const inFiles = world.objects.filter(({ place }) => place !== undefined);
    if (self.pods !== undefined) {
      const services = inFiles.filter((facts) => isServedBy(self, facts));
      return services.flatMap((by) => declareIn(world.file, object, self, by)).slice(0, mostActions);
    }
    const served = inFiles.filter((facts) => isServedBy(facts, self) && hasMissing(facts, self));
    if (served.length === 0) return [];
    const { files } = await this.#reader.read(
      document,
      served.map(({ name }) => name),
      token,
    );
    return served
      .flatMap((facts) => {
        const file = files.get(facts.place?.file ?? '');
        const there = file && objectOf(file, facts);
        return file && there ? declareIn(file, there, facts, self) : [];
      })
      .slice(0, mostActions);
  }
}

function hasMissing({ pods }: ObjectFacts, by: ObjectFacts): boolean {
  return pods !== undefined && missingPorts(pods, by).length > 0;
}

function declareIn(
  file: ManifestFile,
  object: ManifestObject,
  { pods }: ObjectFacts,
  by: ObjectFacts,
): readonly vscode.CodeAction[] {
  if (pods === undefined) return [];
  const text = file.documents[object.document]?.chunk.text ?? '';
  return missingPorts(pods, by).flatMap((port) =>
    containersOf(object).flatMap(({ name, container }) => {
      const edit = declarePort(container, port, text);
      if (edit === undefined) return [];
      const action = new vscode.CodeAction(titleOf(port, name, object), vscode.CodeActionKind.Refactor);
      action.edit = new vscode.WorkspaceEdit();
      const range = object.rangeOf(edit);
      const uri = vscode.Uri.parse(file.file, true);
      action.edit.set(uri, toTextEdits([{ range, newText: withLineBreaks(edit.newText, text) }]));
      return [action];
    }),
  );
}

function titleOf({ name, number, service }: MissingPort, container: string, object: ManifestObject): string {
  const port = name === '' ? String(number) : `${name} (${number})`;
  const where = `${object.kind} ${object.name}`;
  return vscode.l10n.t(
    'Declare port {0} of Service {1} in container {2} of {3}',
    port,
    service,
    container,
    where,
  );
}

function withLineBreaks(newText: string, text: string): string {
  return text.includes('\r\n') ? newText.replaceAll('\n', '\r\n') : newText;
}
