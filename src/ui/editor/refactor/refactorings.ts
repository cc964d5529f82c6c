import * as vscode from 'vscode';
import type { ManifestObject } from '../../../manifest/object.ts';
import { insertDocument, yamlLike } from '../../../rules/refactor/newDocument.ts';
import { policyFromObserved } from '../../../rules/refactor/policyFromObserved.ts';
import { podSelectorOf, serviceFor } from '../../../rules/refactor/serviceFor.ts';
import type { Observations } from '../../host/observations.ts';
import type { Session } from '../../host/session.ts';
import { toTextEdits } from '../convert.ts';
import type { World, Worlds } from '../world.ts';
import { observedConnections } from './observedConnections.ts';
import type { PortActions } from './portActions.ts';

export interface RefactoringParts {
  readonly worlds: Worlds;
  readonly ports: PortActions;
  readonly session: Session;
  readonly observations: Observations;
}

/** Makes new objects of what is there: a Service for pods, a policy of what was observed, ports of a Service. */
export class Refactorings implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.Refactor],
  };

  readonly #parts: RefactoringParts;

  constructor(parts: RefactoringParts) {
    this.#parts = parts;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    if (context.only?.intersects(vscode.CodeActionKind.Refactor) === false) return [];
    const world = this.#parts.worlds.around(document);
    const offset = document.offsetAt(range.start);
    const object = world.file.objects.find(({ documentStart, root, broken }) => {
      const at = offset - documentStart;
      return !broken && at >= root.start && at <= root.end;
    });
    if (object === undefined) return [];
    return [
      ...this.#service(document, object, world),
      ...this.#policy(document, object, world),
      ...(await this.#parts.ports.actions(document, object, world, token)),
    ];
  }

  #service(
    document: vscode.TextDocument,
    object: ManifestObject,
    world: World,
  ): readonly vscode.CodeAction[] {
    const service = serviceFor(object);
    if (service === undefined) return [];
    const title = vscode.l10n.t('Create Service for this {0}', object.kind);
    return [newDocument(document, title, world, object, yamlLike(world.file, service))];
  }

  #policy(document: vscode.TextDocument, object: ManifestObject, world: World): readonly vscode.CodeAction[] {
    const { state } = this.#parts.session;
    const selector = podSelectorOf(object);
    if (state.is !== 'open' || Object.keys(selector).length === 0) return [];
    const { context, connection } = state.cluster;
    const observed = this.#parts.observations().filter((each) => each.context === context.name);
    const { connections, unresolved } = observedConnections(observed, connection.snapshot);
    const namespace = object.namespace ?? context.namespace;
    const subject = { name: object.name, namespace, saysNamespace: object.namespace !== undefined, selector };
    const policy = policyFromObserved(subject, connections);
    if (policy.connections === 0) return [];
    const comments = [
      vscode.l10n.t(
        'From {0} connections that checks in context {1} found reachable, and DNS. All else is closed.',
        policy.connections,
        context.name,
      ),
      ...policy.notes,
      ...(unresolved.length === 0
        ? []
        : [vscode.l10n.t('Left out, since they are no longer in the cluster: {0}', unresolved.join(', '))]),
    ];
    const title = vscode.l10n.t(
      'Create NetworkPolicy from what was observed reachable ({0})',
      policy.connections,
    );
    return [newDocument(document, title, world, object, yamlLike(world.file, policy.object, comments))];
  }
}

function newDocument(
  document: vscode.TextDocument,
  title: string,
  { file }: World,
  object: ManifestObject,
  yaml: string,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.Refactor);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(document.uri, toTextEdits([insertDocument(file, object.document, yaml)]));
  return action;
}
