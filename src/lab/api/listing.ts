/** Lists: selectors, pages with continue tokens, and the meanings of resourceVersion. */
import { keyOf } from '../objects/meta.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { Resource } from '../resources/resource.ts';
import { UnknownRevisionError } from '../store/collection.ts';
import { parseFieldSelector, parseLabelSelector, SelectorError } from '../store/selectors.ts';
import type { Predicate } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';
import { badRequest, expired, invalid, StatusError } from './errors.ts';
import { invalidValue } from '../admission/fieldErrors.ts';

export interface ListQuery {
  namespace?: string | undefined;
  labelSelector: string;
  fieldSelector: string;
  limit: number;
  continueToken: string;
  resourceVersion: string;
  resourceVersionMatch: string;
}

export interface ListPage {
  items: ApiObject[];
  resourceVersion: string;
  continueToken?: string;
  remainingItemCount?: number;
}

interface ContinueToken {
  v: 'meta.k8s.io/v1';
  rv: number;
  start: string;
}

const staleContinue =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list ' +
  'without the continue parameter, or use the continue token in this response to retrieve the remainder of the ' +
  'results. Continuing with the provided token results in an inconsistent list - objects that were created, ' +
  'modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** The token names the revision of the first page and the key after which to go on. */
export function encodeContinue(revision: number, lastKey: string): string {
  const token: ContinueToken = { v: 'meta.k8s.io/v1', rv: revision, start: `${lastKey}\u0000` };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** Reads a continue token; StatusError 400 where it is none. */
export function decodeContinue(text: string): ContinueToken {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<ContinueToken>;
    if (token.v === 'meta.k8s.io/v1' && typeof token.rv === 'number' && typeof token.start === 'string') {
      return { v: token.v, rv: token.rv, start: token.start };
    }
  } catch (error) {
    throw badRequest(`continue key is not valid: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw badRequest('continue key is not valid: unrecognized encoded value');
}

/** A resourceVersion parameter as a number, 0 where it is empty; StatusError 422 where it is none. */
export function parseRevision(text: string): number {
  if (text === '') return 0;
  if (!/^\d{1,15}$/.test(text)) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
      invalidValue('resourceVersion', text, 'must be an unsigned integer'),
    ]);
  }
  return Number(text);
}

/** Namespace, label selector and field selector as one predicate; StatusError 400 for one that cannot be read. */
export function selection(
  resource: Resource,
  query: { namespace?: string | undefined; labelSelector: string; fieldSelector: string },
): Predicate {
  try {
    const byLabel = parseLabelSelector(query.labelSelector);
    const byField = parseFieldSelector(query.fieldSelector, resource.storage);
    const { namespace } = query;
    return (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      byLabel(object) &&
      byField(object);
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message);
    throw error;
  }
}

function tooLarge(message: string): StatusError {
  return new StatusError(504, 'Timeout', message, {
    retryAfterSeconds: 1,
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
  });
}

/** The place of the first object whose key is not before `start`; all are in the order of their keys. */
function firstFrom(objects: readonly ApiObject[], start: string): number {
  let from = 0;
  let to = objects.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const object = objects[middle];
    if (object !== undefined && keyOf(object) < start) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** One page of a list; StatusError 400, 410 or 504. */
export function listObjects(store: Store, resource: Resource, query: ListQuery): ListPage {
  const matches = selection(resource, query);
  const token = query.continueToken ? decodeContinue(query.continueToken) : undefined;
  if (token && query.resourceVersion !== '' && query.resourceVersion !== '0') {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  const asked = parseRevision(query.resourceVersion);
  const exact = token && token.rv > 0 ? token.rv : query.resourceVersionMatch === 'Exact' ? asked : 0;
  // A token of revision -1 stands for "whatever is there now".
  const revision = exact > 0 ? exact : store.revision;
  if (asked > store.revision) {
    throw tooLarge(`Too large resource version: ${asked}, current: ${store.revision}`);
  }
  let objects: readonly ApiObject[];
  try {
    objects = store.listAt(resource, exact);
  } catch (error) {
    if (!(error instanceof UnknownRevisionError)) throw error;
    if (error.tooNew) throw tooLarge(error.message);
    if (!token) throw expired(`The resourceVersion for the provided list is too old.`);
    throw expired(staleContinue, encodeContinue(-1, token.start.slice(0, -1)));
  }
  const rest = objects.slice(token ? firstFrom(objects, token.start) : 0).filter(matches);
  const page: ListPage = { items: rest, resourceVersion: String(revision) };
  // As the API server: resourceVersion=0 is served whole.
  const unlimited = query.limit <= 0 || (query.resourceVersion === '0' && !token);
  if (unlimited || rest.length <= query.limit) return page;
  page.items = rest.slice(0, query.limit);
  const last = page.items.at(-1);
  if (last) page.continueToken = encodeContinue(revision, keyOf(last));
  if (query.labelSelector === '' && query.fieldSelector === '') {
    page.remainingItemCount = rest.length - query.limit;
  }
  return page;
}
