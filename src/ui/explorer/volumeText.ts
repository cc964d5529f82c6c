import * as vscode from 'vscode';
import type { Lifetime } from '../../model/volumeKinds.ts';

/** How long what is in a volume lives, in a sentence. */
export function lifetimeText(lifetime: Lifetime): string {
  switch (lifetime) {
    case 'pod':
      return vscode.l10n.t(
        'Empty when the pod starts, survives a crash of its containers, dies with the pod',
      );
    case 'memory':
      return vscode.l10n.t(
        'In memory: survives a crash of its containers, dies with the pod or when the node restarts',
      );
    case 'node':
      return vscode.l10n.t('A folder of the node: outlives the pod, and is another one on another node');
    case 'claim':
      return vscode.l10n.t('Lives as long as its claim: outlives the pod');
    case 'pod-claim':
      return vscode.l10n.t('A claim of its own, deleted with the pod');
    case 'object':
      return vscode.l10n.t('A copy of objects of the cluster, read-only; what is written to it is lost');
    case 'external':
      return vscode.l10n.t('On a storage system outside: outlives the pod and the node');
    case 'driver':
      return vscode.l10n.t('Made by its driver for this pod, and gone with it');
    case 'image':
      return vscode.l10n.t('The files of an image, read-only');
    case 'unknown':
      return vscode.l10n.t('How long it lives is not known for this kind');
  }
}
