import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { ClusterKnowledge } from './cluster/clusterKnowledge.ts';
import { yamlSelector } from './documents.ts';

/** Says, at the language of a YAML document in the status bar, whose API its manifests are checked against. */
export class SchemaStatus implements Disposable {
  readonly #disposables = new DisposableStore();

  constructor(cluster: ClusterKnowledge) {
    const item = vscode.languages.createLanguageStatusItem('podNetwork.schema', [...yamlSelector]);
    this.#disposables.add(item);
    item.name = vscode.l10n.t('Kubernetes API');
    const show = (): void => {
      const { title, schema } = cluster;
      item.text =
        title === undefined ? vscode.l10n.t('Kubernetes 1.36') : vscode.l10n.t('Kubernetes: {0}', title);
      item.detail =
        schema === undefined
          ? vscode.l10n.t('built-in API')
          : vscode.l10n.t('the cluster’s own API, {0} kinds', schema.kinds().length);
    };
    this.#disposables.add(cluster.onDidChange(show));
    show();
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
