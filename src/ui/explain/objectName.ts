import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ObjectName, ObjectRequests } from '../../model/requests.ts';

/** What evidence calls the kinds that it names most; other kinds are looked up among those the server serves. */
const known: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  pod: ['v1', 'Pod'],
  svc: ['v1', 'Service'],
  service: ['v1', 'Service'],
  node: ['v1', 'Node'],
  namespace: ['v1', 'Namespace'],
  endpointslice: ['discovery.k8s.io/v1', 'EndpointSlice'],
  networkpolicy: ['networking.k8s.io/v1', 'NetworkPolicy'],
};

/**
 * The object that evidence names as `KIND/NS/NAME` or `KIND/NAME`.
 * @throws ExplainedError where the server serves no such kind, or cannot be asked.
 */
export async function objectNameOf(
  ref: string,
  requests: ObjectRequests,
  signal: AbortSignal,
): Promise<ObjectName> {
  const [kind = '', ...names] = ref.split('/');
  const [namespace = '', name = ''] = names.length === 1 ? ['', ...names] : names;
  if (name === '') throw unknown(ref);
  const sure = known[kind];
  if (sure !== undefined) return { apiVersion: sure[0], kind: sure[1], namespace, name: withoutSuffix(name) };
  const { kinds } = await requests.servedKinds(signal);
  const served = kinds.find((each) => each.kind.toLowerCase() === kind);
  if (served === undefined) throw unknown(ref);
  return { apiVersion: served.apiVersion, kind: served.kind, namespace, name };
}

/** `pod/NS/NAME:CONTAINER` stands for the pod. */
function withoutSuffix(name: string): string {
  return name.split(':')[0] ?? name;
}

function unknown(ref: string): ExplainedError {
  return new ExplainedError('no-such-object', vscode.l10n.t('"{0}" names no object of this cluster', ref));
}
