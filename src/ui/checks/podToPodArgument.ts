import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { parseRef, type Ref } from '../../model/refs.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { subjectOf } from '../host/subject.ts';

export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

/** What is known of a pod-to-pod question before anybody is asked. */
export interface PodToPodArgument {
  readonly from?: ContainerRef;
  /** The source's pod, where its container is still open. */
  readonly fromPod?: PodName;
  readonly to?: PodName;
  readonly port?: number;
}

/**
 * Reads what the command was called with: a tree item as the source, or `{ from, to }` as references such as
 * `pod/default/web:nginx` and `pod/default/api:8080`.
 * @throws ExplainedError where a reference is malformed or names something else than a pod.
 */
export function podToPodArgument(argument: unknown): PodToPodArgument {
  const subject = subjectOf(argument);
  if (subject?.is === 'pod') return { fromPod: { namespace: subject.namespace, name: subject.name } };
  if (subject?.is === 'container') {
    return { from: { namespace: subject.namespace, pod: subject.pod, container: subject.container } };
  }
  if (typeof argument !== 'object' || argument === null) return {};
  const from = podRef('from' in argument ? argument.from : undefined);
  const to = podRef('to' in argument ? argument.to : undefined);
  return {
    ...(from &&
      (from.container === undefined
        ? { fromPod: { namespace: from.namespace, name: from.name } }
        : { from: { namespace: from.namespace, pod: from.name, container: from.container } })),
    ...(to && { to: { namespace: to.namespace, name: to.name } }),
    ...(to?.port !== undefined && { port: to.port }),
  };
}

function podRef(text: unknown): Extract<Ref, { is: 'pod' }> | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const ref = parseRef(text);
  if (ref.is === 'pod') return ref;
  throw new ExplainedError('not-a-pod', vscode.l10n.t('"{0}" is no pod', text), {
    remedy: vscode.l10n.t('Write pod/NAMESPACE/NAME.'),
  });
}
