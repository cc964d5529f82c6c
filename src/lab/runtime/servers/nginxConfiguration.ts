import { matchesPattern } from '../shell/pattern.ts';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';

export interface Location {
  readonly prefix: string;
  readonly exact: boolean;
  readonly root: string | undefined;
  readonly index: readonly string[] | undefined;
  readonly answer: { readonly status: number; readonly text: string; readonly location?: string } | undefined;
  readonly proxyTo: string | undefined;
}

export interface Site {
  readonly listen: readonly { readonly address: string; readonly port: number; readonly tls: boolean }[];
  readonly names: readonly string[];
  readonly root: string | undefined;
  readonly index: readonly string[] | undefined;
  /** The path of `ssl_certificate`. */
  readonly certificate: string | undefined;
  readonly locations: readonly Location[];
}

interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[] | undefined;
}

/** The servers of /etc/nginx/nginx.conf and what it includes. @throws Error with nginx' own words */
export function readSites(process: Process): Site[] {
  const http = readFile(process, '/etc/nginx/nginx.conf').find(({ name }) => name === 'http');
  const servers = (http?.block ?? []).filter(({ name }) => name === 'server');
  return servers.map(({ block = [] }) => {
    const value = (name: string): readonly string[] | undefined => block.find((d) => d.name === name)?.args;
    const listen = block.filter(({ name }) => name === 'listen').map(({ args }) => socketOf(args));
    return {
      listen: listen.length > 0 ? listen : [{ address: '0.0.0.0', port: 80, tls: false }],
      names: value('server_name') ?? [],
      root: value('root')?.[0],
      index: value('index'),
      certificate: value('ssl_certificate')?.[0],
      locations: [...block.filter(({ name }) => name === 'location').map(locationOf), ...serverReturn(block)],
    };
  });
}

/** A `return` of the server itself answers everything. */
function serverReturn(block: readonly Directive[]): Location[] {
  const own = block.filter(({ name }) => name === 'return');
  return own.length === 0 ? [] : [locationOf({ name: 'location', args: ['/'], block: own })];
}

function locationOf({ args, block = [] }: Directive): Location {
  const exact = args[0] === '=';
  const value = (name: string): readonly string[] | undefined => block.find((d) => d.name === name)?.args;
  const answer = value('return');
  const status = Number(answer?.[0]);
  const text = answer?.[1] ?? '';
  return {
    prefix: (args.length > 1 ? args[1] : args[0]) ?? '/',
    exact,
    root: value('root')?.[0],
    index: value('index'),
    answer: answer && {
      status,
      text: status >= 300 && status < 400 ? '' : text,
      ...(status >= 300 && status < 400 ? { location: text } : {}),
    },
    proxyTo: value('proxy_pass')?.[0],
  };
}

function socketOf(args: readonly string[]): Site['listen'][number] {
  const [where = '80'] = args;
  const tls = args.includes('ssl');
  const ipv6 = /^\[(.*)\](?::(\d+))?$/.exec(where);
  if (ipv6) return { address: ipv6[1] ?? '::', port: Number(ipv6[2] ?? '80'), tls };
  const { address, port } = /^(?:(?<address>[\d.*a-z-]+):)?(?<port>\d+)$/.exec(where)?.groups ?? {
    address: where,
  };
  const bound: Readonly<Record<string, string>> = { '*': '0.0.0.0', localhost: '127.0.0.1' };
  const written = address ?? '*';
  return { address: bound[written] ?? written, port: Number(port ?? '80'), tls };
}

function readFile(process: Process, path: string): Directive[] {
  let text: string;
  try {
    text = Buffer.from(process.files.readFile(path)).toString();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    throw new Error(`open() "${path}" failed (2: ${error.text})`, { cause: error });
  }
  const tokens = [
    ...text.replace(/#[^\n]*/g, '').matchAll(/"((?:\\.|[^"])*)"|'((?:\\.|[^'])*)'|([{};])|([^\s{};"']+)/g),
  ];
  const result = parseBlock(tokens, { at: 0 }, path, false);
  return include(process, result);
}

function parseBlock(
  tokens: readonly RegExpExecArray[],
  cursor: { at: number },
  path: string,
  nested: boolean,
): Directive[] {
  const directives: Directive[] = [];
  let words: string[] = [];
  while (cursor.at < tokens.length) {
    const token = tokens[cursor.at++];
    const mark = token?.[3];
    if (mark === undefined) {
      words.push((token?.[1] ?? token?.[2] ?? token?.[4] ?? '').replaceAll('\\n', '\n'));
      continue;
    }
    const [name, ...args] = words;
    words = [];
    if (mark === '}') {
      if (!nested || name !== undefined) throw new Error(`unexpected "}" in ${path}`);
      return directives;
    }
    if (name === undefined) throw new Error(`unexpected "${mark}" in ${path}`);
    directives.push({ name, args, block: mark === '{' ? parseBlock(tokens, cursor, path, true) : undefined });
  }
  if (nested || words.length > 0) throw new Error(`unexpected end of file, expecting ";" or "}" in ${path}`);
  return directives;
}

function include(process: Process, directives: readonly Directive[]): Directive[] {
  return directives.flatMap((directive) => {
    const [pattern = ''] = directive.args;
    if (directive.name !== 'include' || pattern.endsWith('mime.types')) {
      return directive.block ? [{ ...directive, block: include(process, directive.block) }] : [directive];
    }
    const folder = pattern.slice(0, pattern.lastIndexOf('/'));
    const full = folder.startsWith('/') ? folder : `/etc/nginx/${folder}`;
    const file = pattern.slice(pattern.lastIndexOf('/') + 1);
    const names = process.files.find(full)?.type === 'directory' ? process.files.list(full) : [];
    return names
      .filter((name) => matchesPattern(name, [{ text: file, quoted: false }]))
      .flatMap((name) => readFile(process, `${full}/${name}`));
  });
}
