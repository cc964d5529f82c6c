import { parseOptions, type OptionTable } from '../options.ts';

const table: OptionTable = {
  flags: {
    silent: ['-s', '--silent'],
    showError: ['-S', '--show-error'],
    globOff: ['-g', '--globoff'],
    insecure: ['-k', '--insecure'],
    head: ['-I', '--head'],
    include: ['-i', '--include', '--show-headers'],
    verbose: ['-v', '--verbose'],
    location: ['-L', '--location', '--location-trusted'],
    fail: ['-f', '--fail'],
    failWithBody: ['--fail-with-body'],
    ipv4: ['-4', '--ipv4'],
    ipv6: ['-6', '--ipv6'],
    get: ['-G', '--get'],
    remoteName: ['-O', '--remote-name'],
    version: ['-V', '--version'],
    http09: ['--http0.9'],
    retryRefused: ['--retry-connrefused'],
    parallel: ['-Z', '--parallel'],
    ignored: [
      '-q',
      '--disable',
      '-N',
      '--no-buffer',
      '-0',
      '--http1.0',
      '--http1.1',
      '--http2',
      '--compressed',
      '-#',
      '--progress-bar',
      '--no-progress-meter',
      '-j',
      '--tcp-nodelay',
      '--path-as-is',
      '--no-keepalive',
      '--http2-prior-knowledge',
      '--parallel-immediate',
      '--tlsv1.2',
      '--tlsv1.3',
      '--raw',
      '-n',
      '--netrc',
      '--anyauth',
      '--basic',
      '--create-dirs',
    ],
    help: ['-h', '--help'],
  },
  values: {
    url: ['--url'],
    request: ['-X', '--request'],
    header: ['-H', '--header'],
    data: ['-d', '--data', '--data-ascii', '--data-binary'],
    dataRaw: ['--data-raw'],
    dataEncoded: ['--data-urlencode'],
    json: ['--json'],
    maxTime: ['-m', '--max-time'],
    connectTimeout: ['--connect-timeout'],
    output: ['-o', '--output'],
    noProxy: ['--noproxy'],
    resolve: ['--resolve'],
    writeOut: ['-w', '--write-out'],
    userAgent: ['-A', '--user-agent'],
    referer: ['-e', '--referer'],
    cookie: ['-b', '--cookie'],
    user: ['-u', '--user'],
    dumpHeader: ['-D', '--dump-header'],
    maxRedirects: ['--max-redirs'],
    retry: ['--retry'],
    retryDelay: ['--retry-delay'],
    parallelMax: ['--parallel-max'],
    ignoredValue: [
      '-x',
      '--proxy',
      '--cacert',
      '--capath',
      '-E',
      '--cert',
      '--key',
      '--interface',
      '--local-port',
      '-K',
      '--config',
      '-Y',
      '--speed-limit',
      '-y',
      '--speed-time',
      '--retry-max-time',
      '-c',
      '--cookie-jar',
      '--limit-rate',
      '--tls-max',
      '--ciphers',
      '--keepalive-time',
      '--proto',
      '--proto-default',
      '-T',
      '--upload-file',
      '--dns-servers',
      '-r',
      '--range',
      '--stderr',
    ],
  },
};

/** What a curl command line asks for. */
export interface CurlOptions {
  readonly urls: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly method: string;
  readonly headers: readonly string[];
  readonly body: string | undefined;
  /** Milliseconds; infinite when not limited. */
  readonly maxTime: number;
  readonly connectTimeout: number;
  readonly outputs: readonly string[];
  readonly writeOut: string | undefined;
  /** `host:port` to address. */
  readonly resolve: ReadonlyMap<string, string>;
  readonly dumpHeader: string | undefined;
  readonly maxRedirects: number;
  readonly retries: number;
  readonly retryDelay: number | undefined;
  /** Transfers at the same time: 1 without `-Z`. */
  readonly atOnce: number;
}

/** Reads a command line. A string is what curl prints to standard error before it ends with 2. */
export function readCurlOptions(
  args: readonly string[],
  readFile: (path: string) => string,
): CurlOptions | string {
  const parsed = parseOptions(args, table);
  const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
  if (parsed.unknown !== undefined) return `curl: option ${parsed.unknown}: is unknown\n${hint}`;
  if (parsed.incomplete !== undefined)
    return `curl: option ${parsed.incomplete}: requires parameter\n${hint}`;
  const all = (name: string): readonly string[] => parsed.values.get(name) ?? [];
  const last = (name: string): string | undefined => all(name).at(-1);
  for (const [name, option] of [
    ['maxTime', '--max-time'],
    ['connectTimeout', '--connect-timeout'],
  ] as const) {
    const value = last(name);
    if (value !== undefined && !/^\d+(\.\d*)?$/.test(value))
      return `curl: option ${option}: expected a proper numerical parameter\n${hint}`;
  }
  const urls = [...all('url'), ...parsed.operands];
  if (urls.length === 0 && !parsed.flags.has('version') && !parsed.flags.has('help')) return hint;
  const body = bodyOf(all('data'), all('dataRaw'), all('dataEncoded'), all('json'), readFile);
  const headers = headersOf(all('header'), {
    json: all('json').length > 0,
    userAgent: last('userAgent'),
    referer: last('referer'),
    cookie: last('cookie'),
    user: last('user'),
  });
  const asQuery = parsed.flags.has('get') && body !== undefined;
  const milliseconds = (name: string): number =>
    last(name) === undefined || Number(last(name)) === 0
      ? Number.POSITIVE_INFINITY
      : Number(last(name)) * 1000;
  const byDefault = parsed.flags.has('head') ? 'HEAD' : body !== undefined && !asQuery ? 'POST' : 'GET';
  return {
    urls: asQuery ? urls.map((url) => `${url}${url.includes('?') ? '&' : '?'}${body}`) : urls,
    flags: parsed.flags,
    method: last('request') ?? byDefault,
    headers,
    body: asQuery ? undefined : body,
    maxTime: milliseconds('maxTime'),
    connectTimeout: milliseconds('connectTimeout'),
    outputs: all('output'),
    writeOut: writeOutOf(last('writeOut'), readFile),
    resolve: new Map(all('resolve').map(resolveEntry)),
    dumpHeader: last('dumpHeader'),
    maxRedirects: Number(last('maxRedirects') ?? 50),
    retries: Number(last('retry') ?? 0),
    retryDelay: last('retryDelay') === undefined ? undefined : Number(last('retryDelay')) * 1000,
    atOnce: parsed.flags.has('parallel') ? parallelMax(last('parallelMax')) : 1,
  };
}

/** curl's own default is 50, and its most 300. */
function parallelMax(value: string | undefined): number {
  const number = Number(value ?? 50);
  return Number.isInteger(number) && number >= 1 && number <= 300 ? number : 50;
}

function bodyOf(
  data: readonly string[],
  raw: readonly string[],
  encoded: readonly string[],
  json: readonly string[],
  readFile: (path: string) => string,
): string | undefined {
  const parts = [
    ...data.map((value) => (value.startsWith('@') ? readFile(value.slice(1)) : value)),
    ...raw,
    ...encoded.map((value) => {
      const [, name = '', text = value] = /^([^=@]*)=([^]*)$/.exec(value) ?? [];
      return (name === '' ? '' : `${name}=`) + encodeURIComponent(text);
    }),
  ];
  if (json.length > 0)
    return json.map((value) => (value.startsWith('@') ? readFile(value.slice(1)) : value)).join('');
  return parts.length === 0 ? undefined : parts.join('&');
}

function headersOf(
  given: readonly string[],
  also: Record<'userAgent' | 'referer' | 'cookie' | 'user', string | undefined> & { json: boolean },
): string[] {
  const headers = [...given];
  const add = (name: string, value: string | undefined): void => {
    const known = headers.some((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    if (value !== undefined && !known) headers.push(`${name}: ${value}`);
  };
  add(
    'Authorization',
    also.user === undefined ? undefined : `Basic ${Buffer.from(also.user).toString('base64')}`,
  );
  add('User-Agent', also.userAgent);
  add('Referer', also.referer);
  add('Cookie', also.cookie);
  if (also.json) {
    add('Content-Type', 'application/json');
    add('Accept', 'application/json');
  }
  return headers;
}

function resolveEntry(entry: string): [string, string] {
  const [host = '', port = '', ...address] = entry.replace(/^\+/, '').split(':');
  return [`${host.toLowerCase()}:${port}`, address.join(':').replace(/^\[|\]$/g, '')];
}

function writeOutOf(value: string | undefined, readFile: (path: string) => string): string | undefined {
  return value?.startsWith('@') === true ? readFile(value.slice(1)) : value;
}
