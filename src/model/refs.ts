import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/** What `podnet` and reports call a thing: `pod/NS/NAME[:CONTAINER]`, `svc/NS/NAME`, `node/NAME`, … */
export type Ref =
  | {
      readonly is: 'pod';
      readonly namespace: string;
      readonly name: string;
      readonly container?: string;
      readonly port?: number;
    }
  | {
      readonly is: 'service';
      readonly namespace: string;
      readonly name: string;
      readonly port?: number | string;
    }
  | { readonly is: 'node'; readonly name: string; readonly port?: number }
  | { readonly is: 'url'; readonly url: string }
  | { readonly is: 'localhost'; readonly port?: number };

/**
 * Reads a reference. After a pod's name a number is a port and a word a container; `:CONTAINER:PORT` gives both.
 * After a service's name a word is a port's name.
 * @throws ExplainedError that names the text and shows the forms.
 */
export function parseRef(text: string): Ref {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return parseUrl(text);
  const [path = '', ...suffixes] = text.split(':');
  const [kind, ...names] = path.split('/');
  const port = portOf(text, suffixes.at(-1));
  if (kind === 'localhost' && names.length === 0 && suffixes.length <= 1) {
    if (suffixes.length === 1 && port === undefined) throw malformed(text);
    return { is: 'localhost', ...(port !== undefined && { port }) };
  }
  const [first = '', second = ''] = names;
  if (names.includes('') || names.length === 0) throw malformed(text);
  if ((kind === 'pod' || kind === 'pods' || kind === 'po') && names.length === 2 && suffixes.length <= 2) {
    const container = suffixes.length === 2 || port === undefined ? suffixes[0] : undefined;
    if (suffixes.includes('') || (suffixes.length === 2 && port === undefined)) throw malformed(text);
    return {
      is: 'pod',
      namespace: first,
      name: second,
      ...(container !== undefined && { container }),
      ...(port !== undefined && { port }),
    };
  }
  if (
    (kind === 'svc' || kind === 'service' || kind === 'services') &&
    names.length === 2 &&
    suffixes.length <= 1
  ) {
    if (suffixes[0] === '') throw malformed(text);
    const servicePort = port ?? suffixes[0];
    return {
      is: 'service',
      namespace: first,
      name: second,
      ...(servicePort !== undefined && { port: servicePort }),
    };
  }
  if (kind === 'node' && names.length === 1 && suffixes.length <= 1) {
    if (suffixes.length === 1 && port === undefined) throw malformed(text);
    return { is: 'node', name: first, ...(port !== undefined && { port }) };
  }
  throw malformed(text);
}

/** The text form of a reference; `parseRef` reads it back. */
export function formatRef(ref: Ref): string {
  const port = 'port' in ref && ref.port !== undefined ? `:${ref.port}` : '';
  switch (ref.is) {
    case 'pod':
      return `pod/${ref.namespace}/${ref.name}${ref.container === undefined ? '' : `:${ref.container}`}${port}`;
    case 'service':
      return `svc/${ref.namespace}/${ref.name}${port}`;
    case 'node':
      return `node/${ref.name}${port}`;
    case 'url':
      return ref.url;
    case 'localhost':
      return `localhost${port}`;
  }
}

function parseUrl(text: string): Ref {
  if (!URL.canParse(text)) throw malformed(text);
  return { is: 'url', url: text };
}

function portOf(text: string, word: string | undefined): number | undefined {
  if (word === undefined || !/^\d+$/.test(word)) return undefined;
  const port = Number(word);
  if (port < 1 || port > 65_535) {
    throw new ExplainedError('bad-port', t('{0} in "{1}" is not a port', word, text), {
      remedy: t('Ports go from 1 to 65535.'),
    });
  }
  return port;
}

function malformed(text: string): ExplainedError {
  return new ExplainedError('bad-reference', t('"{0}" names nothing podnet knows', text), {
    remedy: t(
      'Write pod/NAMESPACE/NAME[:CONTAINER][:PORT], svc/NAMESPACE/NAME[:PORT], node/NAME[:PORT], localhost[:PORT] or a URL.',
    ),
  });
}
