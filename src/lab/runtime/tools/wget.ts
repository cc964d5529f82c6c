import { httpRequest, HttpError, type HttpResponse } from '../network/httpClient.ts';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { Deadline } from '../system/wait.ts';
import { CurlError, readUrl, type Target } from './curl/transfer.ts';
import { dial, printNote, type Dialled } from './dial.ts';
import { parseOptions, type ParsedOptions } from './options.ts';

/** The options that both wgets share, as the probe uses them, and GNU's most common ones. */
export const wgetOptions = {
  flags: {
    quiet: ['-q', '--quiet'],
    noVerbose: ['-nv', '--no-verbose'],
    server: ['-S', '--server-response'],
    spider: ['--spider'],
    noCheck: ['--no-check-certificate'],
    continue: ['-c', '--continue'],
    contentOnError: ['--content-on-error'],
    ignored: ['-4', '-6', '--no-proxy', '--no-cache', '-N', '--retry-connrefused', '--progress'],
    version: ['-V', '--version'],
  },
  values: {
    output: ['-O', '--output-document'],
    timeout: ['-T', '--timeout'],
    connectTimeout: ['--connect-timeout'],
    tries: ['-t', '--tries'],
    header: ['--header'],
    userAgent: ['-U', '--user-agent'],
    postData: ['--post-data'],
    directory: ['-P', '--directory-prefix'],
    ignoredValue: [
      '-Y',
      '-o',
      '--output-file',
      '--read-timeout',
      '--dns-timeout',
      '--waitretry',
      '-w',
      '--wait',
      '--max-redirect',
    ],
  },
} as const;

export interface WgetCall {
  readonly options: ParsedOptions;
  readonly target: Target;
  readonly timeout: number;
  readonly last: (name: string) => string | undefined;
}

/** Reads a command line; a string is what is wrong with it. */
export function readWget(process: Process): WgetCall[] | string {
  const options = parseOptions(process.argv.slice(1), wgetOptions);
  if (options.unknown !== undefined) return `wget: unrecognized option '${options.unknown}'\n`;
  const last = (name: string): string | undefined => options.values.get(name)?.at(-1);
  const seconds = Number(last('timeout') ?? last('connectTimeout') ?? 900);
  try {
    return options.operands.map((url) => ({
      options,
      target: readUrl(url),
      timeout: seconds === 0 ? Number.POSITIVE_INFINITY : seconds * 1000,
      last,
    }));
  } catch (error) {
    if (error instanceof CurlError) return `wget: ${error.message}\n`;
    throw error;
  }
}

/** The request that wget sends. @throws HttpError, SystemError; the time-out as `timeout` */
export async function wgetRequest(
  process: Process,
  call: WgetCall,
  connection: Extract<Dialled, { kind: 'connected' }>['connection'],
  userAgent: string,
): Promise<HttpResponse | 'timeout'> {
  const limit = new Deadline(call.timeout, process.signal);
  const headers: Record<string, string> = {
    Host: call.target.authority,
    'User-Agent': call.last('userAgent') ?? userAgent,
    Accept: '*/*',
    Connection: 'close',
  };
  for (const line of call.options.values.get('header') ?? []) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon)] = line.slice(colon + 1).trim();
  }
  const post = call.last('postData');
  if (post !== undefined) headers['Content-Length'] = String(Buffer.byteLength(post));
  try {
    return await httpRequest(connection, {
      method: post !== undefined ? 'POST' : call.options.flags.has('spider') ? 'HEAD' : 'GET',
      path: call.target.path,
      headers,
      ...(post === undefined ? {} : { body: Buffer.from(post) }),
      tls: call.target.scheme === 'https',
      signal: limit.signal,
    });
  } catch (error) {
    if (limit.expired) return 'timeout';
    throw error;
  } finally {
    limit.end();
  }
}

export function headerOf(response: HttpResponse, name: string): string | undefined {
  return response.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Where the document goes: standard output, a file, or the name at the end of the URL. */
export function outputName(call: WgetCall): string {
  const named = call.last('output');
  if (named !== undefined) return named;
  const base = call.target.path.split('?', 1)[0]?.split('/').at(-1) ?? '';
  const directory = call.last('directory');
  return (directory === undefined ? '' : `${directory}/`) + (base === '' ? 'index.html' : base);
}

export async function saveDocument(process: Process, name: string, body: Uint8Array): Promise<void> {
  if (name === '-') await process.write(1, body);
  else if (process.absolute(name) !== '/dev/null') process.files.writeFile(process.absolute(name), body);
}

/** GNU wget 1.21. */
export async function gnuWget(process: Process): Promise<number> {
  const calls = readWget(process);
  if (typeof calls === 'string') {
    await process.printError(
      `${calls}Usage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`,
    );
    return 2;
  }
  if (process.argv.includes('--version') || process.argv.includes('-V')) {
    await process.print('GNU Wget 1.21.3 built on linux-gnu (practice lab).\n');
    return 0;
  }
  if (calls.length === 0) {
    await process.printError(
      "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
    );
    return 1;
  }
  let status = 0;
  for (const call of calls) status = (await fetchGnu(process, call)) || status;
  return status;
}

async function fetchGnu(process: Process, call: WgetCall): Promise<number> {
  const quiet = call.options.flags.has('quiet');
  const say = async (text: string): Promise<void> => {
    if (!quiet) await process.printError(text);
  };
  const tries = Number(call.last('tries') ?? 20);
  let { target } = call;
  for (let redirects = 0; redirects <= 20; redirects++) {
    const attempt = await attemptGnu(process, { ...call, target }, say, tries);
    if (typeof attempt === 'number') return attempt;
    const location = headerOf(attempt, 'location');
    if (attempt.status >= 300 && attempt.status < 400 && location !== undefined) {
      const next = new URL(location, target.href).href;
      await say(`Location: ${location} [following]\n`);
      target = readUrl(next);
      continue;
    }
    if (attempt.status >= 400) {
      await say(`${clock()} ERROR ${attempt.status}: ${attempt.reason}.\n\n`);
      if (call.options.flags.has('contentOnError'))
        await saveDocument(process, outputName(call), attempt.body);
      return 8;
    }
    return saveGnu(process, call, attempt, say);
  }
  await say('20 redirections exceeded.\n');
  return 8;
}

async function attemptGnu(
  process: Process,
  call: WgetCall,
  say: (text: string) => Promise<void>,
  tries: number,
): Promise<HttpResponse | number> {
  const { target } = call;
  const q = quotes(process);
  for (let attempt = 1; ; attempt++) {
    await say(
      attempt === 1
        ? `--${clock()}--  ${target.href}\n`
        : `--${clock()}--  (try:${String(attempt).padStart(2)})  ${target.href}\n`,
    );
    const named = !/^[\d.]+$|:/.test(target.host);
    if (named) await say(`Resolving ${target.host} (${target.host})... `);
    const dialled = await dial(process, {
      host: target.host,
      port: target.port,
      timeout: call.timeout,
      trying: async (address) => {
        const shown = address.includes(':') ? `[${address}]` : address;
        if (named)
          await say(`${address}\nConnecting to ${target.host} (${target.host})|${shown}|:${target.port}... `);
        else await say(`Connecting to ${shown}:${target.port}... `);
      },
    });
    if (dialled.kind === 'unresolved') {
      await say(`failed: ${dialled.text}.\n`);
      // This is said even when wget is quiet about everything else, unless -q.
      await say(`wget: unable to resolve host address ${q(target.host)}\n`);
      await printNote(process, dialled.note);
      return 4;
    }
    if (dialled.kind !== 'connected') {
      const text = dialled.kind === 'timeout' ? new SystemError('ETIMEDOUT').text : dialled.text;
      await say(`failed: ${text}.\n`);
      await printNote(process, dialled.note);
      if (dialled.kind === 'failed' && dialled.code === 'ECONNREFUSED') return 4;
      if (attempt >= tries) {
        await say('Giving up.\n\n');
        return 4;
      }
      await say('Retrying.\n\n');
      await process.sleep(Math.min(attempt, 10) * 1000);
      continue;
    }
    await say('connected.\n');
    if (target.scheme === 'https' && !call.options.flags.has('noCheck')) {
      dialled.connection.destroy();
      await say(
        `ERROR: The certificate of ${q(target.host)} is not trusted.\nERROR: The certificate of ${q(target.host)} doesn't have a known issuer.\n`,
      );
      return 5;
    }
    const result = await answerGnu(process, call, dialled.connection, say);
    if (result !== 'again') return result;
    if (attempt >= tries) {
      await say('Giving up.\n\n');
      return 4;
    }
    await say('Retrying.\n\n');
    await process.sleep(Math.min(attempt, 10) * 1000);
  }
}

async function answerGnu(
  process: Process,
  call: WgetCall,
  connection: Extract<Dialled, { kind: 'connected' }>['connection'],
  say: (text: string) => Promise<void>,
): Promise<HttpResponse | number | 'again'> {
  const tls = call.target.scheme === 'https';
  if (!tls) await say('HTTP request sent, awaiting response... ');
  try {
    const response = await wgetRequest(process, call, connection, 'Wget/1.21.3');
    if (response === 'timeout') {
      await say(
        tls ? 'Unable to establish SSL connection.\n' : 'Read error (Connection timed out) in headers.\n',
      );
      return tls ? 4 : 'again';
    }
    if (tls) await say('HTTP request sent, awaiting response... ');
    if (call.options.flags.has('server')) {
      const lines = response.headers.map(([name, value]) => `  ${name}: ${value}\n`);
      await say(`\n  ${response.version} ${response.status} ${response.reason}\n${lines.join('')}`);
    } else await say(`${response.status} ${response.reason}\n`);
    return response;
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    const problem = error instanceof HttpError ? error.problem : 'reset';
    if (problem === 'tls' || (tls && problem === 'reset')) {
      await say(
        'OpenSSL: error:0A00010B:SSL routines::wrong version number\nUnable to establish SSL connection.\n',
      );
      return 4;
    }
    if (problem === 'not-http' && error instanceof HttpError) {
      await say('200 No headers, assuming HTTP/0.9\nLength: unspecified\n');
      await saveDocument(process, outputName(call), error.received);
      return 0;
    }
    await say(
      problem === 'empty' ? 'No data received.\n' : 'Read error (Connection reset by peer) in headers.\n',
    );
    return 'again';
  }
}

async function saveGnu(
  process: Process,
  call: WgetCall,
  response: HttpResponse,
  say: (text: string) => Promise<void>,
): Promise<number> {
  const q = quotes(process);
  const length = response.body.length;
  if (call.options.flags.has('spider')) {
    await say('Remote file exists.\n\n');
    return 0;
  }
  const name = outputName(call);
  const shown = name === '-' ? 'STDOUT' : name;
  const type = headerOf(response, 'content-type')?.split(';', 1)[0] ?? 'text/html';
  await say(
    `Length: ${length}${length >= 1024 ? ` (${(length / 1024).toFixed(1)}K)` : ''} [${type}]\nSaving to: ${q(shown)}\n\n`,
  );
  try {
    await saveDocument(process, name, response.body);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    await say(`${name}: ${error.text}\n\nCannot write to ${q(name)} (${error.text}).\n`);
    return 3;
  }
  await say(
    `     0K${' .'.padEnd(58, ' ')}100%  100M=0s\n\n${clock()} (100 MB/s) - ${name === '-' ? 'written to stdout' : `${q(shown)} saved`} [${length}/${length}]\n\n`,
  );
  return 0;
}

/** Quotation marks by locale: plain ones in the C locale. */
function quotes(process: Process): (text: string) => string {
  const locale = process.environment.get('LC_ALL') ?? process.environment.get('LANG') ?? 'C';
  return locale.includes('UTF-8') ? (text) => `‘${text}’` : (text) => `'${text}'`;
}

/** `2025-10-10 13:55:36`. */
function clock(): string {
  return new Date().toISOString().slice(0, 19).replace('T', ' ');
}
