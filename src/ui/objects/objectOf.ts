import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ObjectName } from '../../model/requests.ts';
import { subjectOf, type Subject } from '../host/subject.ts';

/**
 * The object that a tree item stands for.
 * @throws ExplainedError where it stands for none: the command belongs to the tree.
 */
export function objectOf(argument: unknown): ObjectName {
  const name = nameOf(subjectOf(argument));
  if (name !== undefined) return name;
  throw new ExplainedError('nothing-chosen', vscode.l10n.t('No object was chosen'), {
    remedy: vscode.l10n.t('Use the menu of an object in the Pod Network view.'),
  });
}

function nameOf(subject: Subject | undefined): ObjectName | undefined {
  switch (subject?.is) {
    case 'pod':
      return { apiVersion: 'v1', kind: 'Pod', namespace: subject.namespace, name: subject.name };
    case 'container':
      return { apiVersion: 'v1', kind: 'Pod', namespace: subject.namespace, name: subject.pod };
    case 'service':
      return { apiVersion: 'v1', kind: 'Service', namespace: subject.namespace, name: subject.name };
    case 'object': {
      const { apiVersion, kind, namespace, name } = subject;
      return { apiVersion, kind, namespace, name };
    }
    case 'address':
    case 'check':
    case undefined:
      return undefined;
  }
}

/** `pod shop/web`, `node worker-1`: an object in a sentence. */
export function named({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
}

export function gone(name: ObjectName): ExplainedError {
  return new ExplainedError('gone', vscode.l10n.t('There is no {0} any more', named(name)), {
    remedy: vscode.l10n.t('Refresh the view.'),
  });
}
