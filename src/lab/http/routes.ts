/** Reads paths: which resource, object and subresource a request is about. */
import { findResource } from '../resources/catalog.ts';
import type { Resource } from '../resources/resource.ts';

export interface ResourceRoute {
  resource: Resource;
  namespace?: string;
  name?: string;
  subresource?: string;
}

export interface GroupVersion {
  group: string;
  version: string;
}

/** The segments of a path, decoded; undefined where one is not valid percent-encoding. */
export function pathSegments(path: string): string[] | undefined {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Group, version and the segments behind them, for `/api/v1/…` and `/apis/GROUP/VERSION/…`. */
export function splitGroupVersion(
  segments: readonly string[],
): (GroupVersion & { rest: string[] }) | undefined {
  const [first, second, third] = segments;
  if (first === 'api' && second !== undefined) return { group: '', version: second, rest: segments.slice(2) };
  if (first === 'apis' && second !== undefined && third !== undefined) {
    return { group: second, version: third, rest: segments.slice(3) };
  }
  return undefined;
}

/** The resource a path names, or undefined for a path that the API does not have. */
export function resourceRoute(segments: readonly string[]): ResourceRoute | undefined {
  const split = splitGroupVersion(segments);
  if (!split) return undefined;
  const { group, version, rest } = split;
  const find = (name: string): Resource | undefined => findResource(group, version, name);
  const [first, second, third, fourth, fifth, ...more] = rest;
  if (first === undefined || more.length > 0) return undefined;
  if (first === 'namespaces' && second !== undefined && third !== undefined) {
    const namespaced = find(third);
    if (namespaced?.namespaced) {
      return {
        resource: namespaced,
        namespace: second,
        ...(fourth === undefined ? {} : { name: fourth }),
        ...(fifth === undefined ? {} : { subresource: fifth }),
      };
    }
    if (fourth !== undefined) return undefined;
  }
  const resource = find(first);
  if (!resource || fourth !== undefined) return undefined;
  // Without a namespace only lists over all of them exist.
  if (resource.namespaced && second !== undefined) return undefined;
  return {
    resource,
    ...(second === undefined ? {} : { name: second }),
    ...(third === undefined ? {} : { subresource: third }),
  };
}
