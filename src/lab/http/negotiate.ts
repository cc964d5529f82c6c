/** Content negotiation: which form of an answer the Accept header asks for. */
import { StatusError } from '../api/errors.ts';

/** Forms of objects and lists. */
export type Form = 'object' | 'table' | 'metadata';

export interface MediaRange {
  type: string;
  parameters: ReadonlyMap<string, string>;
}

/** The ranges of an Accept header in the order given; quality values are not used by Kubernetes clients. */
export function parseAccept(header: string | undefined): MediaRange[] {
  return (header === undefined || header === '' ? '*/*' : header).split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const entries = parameters.map((parameter): [string, string] => {
      const [name = '', value = ''] = parameter.split('=');
      return [name.trim(), value.trim()];
    });
    return { type: type.toLowerCase(), parameters: new Map(entries) };
  });
}

export function isJsonRange(range: MediaRange): boolean {
  return ['application/json', 'application/*', '*/*'].includes(range.type);
}

export function notAcceptable(): StatusError {
  return new StatusError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml',
  );
}

const partial = ['PartialObjectMetadata', 'PartialObjectMetadataList'];

/** The first form we can serve; StatusError 406 where there is none (the lab does not speak protobuf). */
export function chooseForm(header: string | undefined): Form {
  for (const range of parseAccept(header)) {
    if (!isJsonRange(range)) continue;
    const as = range.parameters.get('as');
    const known = range.parameters.get('g') === 'meta.k8s.io' && range.parameters.get('v') === 'v1';
    if (as === undefined) return 'object';
    if (known && as === 'Table') return 'table';
    if (known && partial.includes(as)) return 'metadata';
  }
  throw notAcceptable();
}

/** The version of aggregated discovery asked for, or undefined for the plain form. */
export function aggregatedDiscoveryVersion(header: string | undefined): string | undefined {
  for (const range of parseAccept(header)) {
    if (!isJsonRange(range)) continue;
    const version = range.parameters.get('v');
    if (range.parameters.get('as') !== 'APIGroupDiscoveryList') return undefined;
    if (version === 'v2' || version === 'v2beta1') return version;
  }
  return undefined;
}
