import { kindsByName } from '../schema/kinds.ts';
import type { Schema } from '../schema/schema.ts';
import { valueOf } from './fit.ts';
import { listType, type Hypothesis } from './frame.ts';
import type { Token } from './token.ts';

/** So many of the next `kind:` and `apiVersion:` are considered to be those of a document. */
const considered = 5;
const looked = 40;
/** The document's own may stand behind all of its data, as kubectl prints it. */
const farthest = 20_000;

export interface Hypotheses {
  /** What a document that starts at this token may be, the likeliest first. */
  at(index: number): readonly Hypothesis[];
}

/** Looks up which kinds the documents of a text may be: each `kind` with an `apiVersion` nearby. */
export function hypothesesOf(tokens: readonly Token[], schema: Schema): Hypotheses {
  const places = { kind: placesOf(tokens, 'kind'), apiVersion: placesOf(tokens, 'apiVersion') };
  const known = new Map<number, readonly Hypothesis[]>();
  return {
    at(index) {
      const before = known.get(index);
      if (before) return before;
      const kinds = from(places.kind, index);
      const versions = from(places.apiVersion, index);
      const found = combine(kinds, versions, schema);
      known.set(index, found);
      return found;
    },
  };
}

interface Place {
  readonly index: number;
  readonly value: string;
}

function placesOf(tokens: readonly Token[], name: string): readonly Place[] {
  return tokens.flatMap((token, index) => {
    const value = tokens[index + 1];
    const isValue = value?.kind === 'plain' || value?.kind === 'quoted';
    return token.kind === 'key' && token.name === name && isValue ? [{ index, value: valueOf(value) }] : [];
  });
}

function from(places: readonly Place[], index: number): readonly string[] {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.index ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  const next = places.slice(low, low + looked).filter((place) => place.index - index < farthest);
  return [...new Set(next.map((place) => place.value))];
}

function combine(
  kinds: readonly string[],
  versions: readonly string[],
  schema: Schema,
): readonly Hypothesis[] {
  if (kinds.includes('List') && versions.includes('v1')) {
    const others = combine(
      kinds.filter((kind) => kind !== 'List'),
      versions,
      schema,
    );
    return [{ apiVersion: 'v1', kind: 'List', type: listType }, ...others].slice(0, considered);
  }
  const served = kinds.flatMap((kind) => kindsByName.get(kind.toLowerCase()) ?? []);
  const exact = served.flatMap(({ kind }) =>
    versions.flatMap((apiVersion): readonly Hypothesis[] => {
      const type = schema.ofKind(apiVersion, kind);
      return type ? [{ apiVersion, kind, type }] : [];
    }),
  );
  if (exact.length > 0 || isForeign(versions)) return exact.slice(0, considered);
  // An old or missing version: the kind's fields are those of the current one, or near.
  const near = served.flatMap(({ kind, apiVersions }): readonly Hypothesis[] => {
    const types = apiVersions.map((version) => schema.ofKind(version, kind));
    const type = types.find((each) => each !== undefined);
    return type ? [{ apiVersion: undefined, kind, type }] : [];
  });
  return near.slice(0, considered);
}

/** Versions of groups that are not Kubernetes' own: a kind of the same name is another one. */
function isForeign(versions: readonly string[]): boolean {
  return versions.some((version) => version.includes('.') && !version.includes('.k8s.io/'));
}
