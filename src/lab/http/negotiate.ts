/** Content negotiation: which form of an answer the Accept header asks for. */
import { StatusError } from '../api/errors.ts';
import { protobufType } from '../protobuf/messages.ts';

/** Forms of objects and lists. */
export type Form = 'object' | 'table' | 'metadata';

export type Encoding = 'json' | 'protobuf';

/** How an answer is sent. */
export interface Media {
  form: Form;
  encoding: Encoding;
}

interface MediaRange {
  type: string;
  parameters: ReadonlyMap<string, string>;
}

/** The ranges of an Accept header, the most wanted first: by quality, then the more exact one, then as given. */
export function parseAccept(header: string | undefined): MediaRange[] {
  const ranges = (header === undefined || header === '' ? '*/*' : header).split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const entries = parameters.map((parameter): [string, string] => {
      const [name = '', value = ''] = parameter.split('=');
      return [name.trim().toLowerCase(), value.trim()];
    });
    return { type: type.toLowerCase(), parameters: new Map(entries) };
  });
  const wanted = ranges.filter((range) => quality(range) > 0);
  return wanted.sort((a, b) => quality(b) - quality(a) || wildcards(a) - wildcards(b));
}

/** From 0 (not at all) to 1, which is also what is meant where none is given (RFC 9110, 12.4.2). */
function quality({ parameters }: MediaRange): number {
  const value = Number(parameters.get('q') ?? 1);
  return Number.isNaN(value) ? 1 : value;
}

function wildcards({ type }: MediaRange): number {
  return type.split('*').length;
}

function encodingsOf({ type }: MediaRange): readonly Encoding[] {
  if (['application/json', 'application/*', '*/*'].includes(type)) return ['json'];
  return type === protobufType ? ['protobuf'] : [];
}

function notAcceptable(): StatusError {
  return new StatusError(
    406,
    'NotAcceptable',
    `only the following media types are accepted: application/json, ${protobufType}`,
  );
}

const partial = ['PartialObjectMetadata', 'PartialObjectMetadataList'];

/**
 * The first form and encoding that we can serve; StatusError 406 where there is none.
 * @param hasProtobuf whether what is asked for has a protobuf form; tables have none
 */
export function chooseMedia(header: string | undefined, hasProtobuf: boolean): Media {
  for (const range of parseAccept(header)) {
    const as = range.parameters.get('as');
    const known = range.parameters.get('g') === 'meta.k8s.io' && range.parameters.get('v') === 'v1';
    for (const encoding of encodingsOf(range)) {
      if (encoding === 'protobuf' && (!hasProtobuf || as === 'Table')) continue;
      if (as === undefined) return { form: 'object', encoding };
      if (known && as === 'Table') return { form: 'table', encoding };
      if (known && partial.includes(as)) return { form: 'metadata', encoding };
    }
  }
  throw notAcceptable();
}

/** Whether a refusal is best sent in protobuf; in JSON where nothing else will do. */
export function prefersProtobuf(header: string | undefined): boolean {
  for (const range of parseAccept(header)) {
    const [encoding] = encodingsOf(range);
    if (encoding !== undefined) return encoding === 'protobuf';
  }
  return false;
}

/** The version of aggregated discovery asked for, or undefined for the plain form. */
export function aggregatedDiscoveryVersion(header: string | undefined): string | undefined {
  for (const range of parseAccept(header)) {
    if (!encodingsOf(range).includes('json')) continue;
    const version = range.parameters.get('v');
    if (range.parameters.get('as') !== 'APIGroupDiscoveryList') return undefined;
    if (version === 'v2' || version === 'v2beta1') return version;
  }
  return undefined;
}
