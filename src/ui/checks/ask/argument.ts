import * as vscode from 'vscode';
import { ExplainedError } from '../../../base/errors.ts';
import { parseRef, type Ref } from '../../../model/refs.ts';
import { refWord } from '../../../probe/refWord.ts';
import { serviceBys, type ServiceBy } from '../../../probe/serviceBy.ts';
import { subjectOf } from '../../host/subject.ts';

export type PodRef = Extract<Ref, { readonly is: 'pod' }>;
export type ServiceRef = Extract<Ref, { readonly is: 'service' }>;

/** What is known of a question before anybody is asked. */
export interface CheckArgument {
  /** A pod, with its container where that is known. */
  readonly from?: PodRef;
  readonly to?: Ref;
  readonly by?: ServiceBy;
}

/**
 * Reads what a command was called with: a tree item, a pod or container as the source and a service as the target;
 * or `{ from, to, by }`, references as `podnet check` takes them.
 * @throws ExplainedError where a reference is malformed.
 */
export function checkArgument(argument: unknown): CheckArgument {
  const subject = subjectOf(argument);
  switch (subject?.is) {
    case 'pod':
      return { from: { is: 'pod', namespace: subject.namespace, name: subject.name } };
    case 'container': {
      const { namespace, pod, container } = subject;
      return { from: { is: 'pod', namespace, name: pod, container } };
    }
    case 'service':
      return { to: { is: 'service', namespace: subject.namespace, name: subject.name } };
    case 'object':
    case 'address':
    case 'check':
    case undefined:
      break;
  }
  if (typeof argument !== 'object' || argument === null) return {};
  const from = refIn('from' in argument ? argument.from : undefined);
  const to = refIn('to' in argument ? argument.to : undefined);
  const by = 'by' in argument ? serviceBys.find((each) => each === argument.by) : undefined;
  if (from !== undefined && from.is !== 'pod') {
    throw new ExplainedError('not-a-pod', vscode.l10n.t('A check starts in a pod'), {
      remedy: vscode.l10n.t('Write pod/NAMESPACE/NAME.'),
    });
  }
  return { ...(from && { from }), ...(to && { to }), ...(by && { by }) };
}

function refIn(text: unknown): Ref | undefined {
  return typeof text === 'string' && text !== '' ? parseRef(refWord(text)) : undefined;
}
