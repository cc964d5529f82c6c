import { openConnection } from '../../network/connection.ts';
import type { HttpResponse } from '../../network/httpClient.ts';
import { SystemError } from '../../system/errors.ts';
import type { Process } from '../../system/process.ts';
import { readCurlOptions, type CurlOptions } from './options.ts';
import { connect, CurlError, exchange, Limits, readUrl, type Progress, type Target } from './transfer.ts';
import { formatWriteOut, type TransferFacts } from './writeOut.ts';

const version = '7.88.1';

/** curl: HTTP, HTTPS and telnet over the lab's network, with curl 7.88's options, texts and exit codes. */
export async function curl(process: Process): Promise<number> {
  const options = readCurlOptions(process.argv.slice(1), (path) =>
    path === '-' ? '' : Buffer.from(process.files.readFile(process.absolute(path))).toString(),
  );
  if (typeof options === 'string') {
    await process.printError(options);
    return 2;
  }
  if (options.flags.has('version')) {
    await process.print(`curl ${version} (practice lab) libcurl/${version}\nProtocols: http https telnet\n`);
    return 0;
  }
  if (options.flags.has('help')) {
    await process.print('Usage: curl [options...] <url>\n');
    return 0;
  }
  let status = 0;
  const urls = options.flags.has('globOff') ? options.urls : options.urls.flatMap(expandBraces);
  const entries = urls.entries();
  const worker = async (): Promise<void> => {
    for (const [index, url] of entries) {
      const code = await transferWithRetries(process, options, url, index);
      // With -Z curl's exit code is that of some transfer that failed, else that of the last.
      if (options.atOnce === 1 || code !== 0) status = code;
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.atOnce, urls.length) }, worker));
  return status;
}

async function transferWithRetries(
  process: Process,
  options: CurlOptions,
  url: string,
  index: number,
): Promise<number> {
  let pause = options.retryDelay ?? 1000;
  for (let left = options.retries; ; left--) {
    const { status, transient } = await transfer(process, options, url, index);
    if (!transient || left <= 0) return status;
    await process.printError(
      `Warning: Problem: timeout. Will retry in ${Math.ceil(pause / 1000)} seconds. ${left} retries left.\n`,
    );
    await process.sleep(pause);
    if (options.retryDelay === undefined) pause = Math.min(pause * 2, 600_000);
  }
}

interface Outcome {
  readonly response: HttpResponse | undefined;
  readonly target: Target | undefined;
  readonly redirects: number;
  readonly redirectTime: number;
  readonly requestSize: number;
}

async function transfer(
  process: Process,
  options: CurlOptions,
  url: string,
  index: number,
): Promise<{ status: number; transient: boolean }> {
  const progress: Progress = {
    started: performance.now(),
    nameLookup: 0,
    connect: 0,
    appConnect: 0,
    connection: undefined,
    connects: 0,
  };
  const limits = new Limits(process, options);
  let outcome: Outcome = {
    response: undefined,
    target: undefined,
    redirects: 0,
    redirectTime: 0,
    requestSize: 0,
  };
  let problem: CurlError | undefined;
  try {
    outcome = await follow(process, options, url, progress, limits);
    const { response } = outcome;
    if (
      response &&
      (options.flags.has('fail') || options.flags.has('failWithBody')) &&
      response.status >= 400
    ) {
      problem = new CurlError(22, `The requested URL returned error: ${response.status}`);
    }
    if (response && !(problem && options.flags.has('fail')))
      await deliver(process, options, response, options.outputs[index], outcome.target);
  } catch (error) {
    if (error instanceof CurlError) problem = error;
    else if (error instanceof SystemError && !process.signal.aborted)
      problem = new CurlError(23, `Failure writing output to destination`);
    else throw error;
  }
  limits.end();
  const total = performance.now() - progress.started;
  if (problem) {
    if (!options.flags.has('silent') || options.flags.has('showError')) {
      await process.printError(`curl: (${problem.code}) ${problem.message}\n`);
      if (problem.note !== undefined) await process.printError(`${problem.note}\n`);
    }
    if (options.flags.has('verbose')) await process.printError('* Closing connection 0\n');
  }
  if (options.writeOut !== undefined)
    await printWriteOut(process, options, { url, index }, outcome, progress, total, problem);
  const refused = problem?.code === 7 && options.flags.has('retryRefused');
  const busy = [408, 429, 500, 502, 503, 504].includes(outcome.response?.status ?? 0);
  return {
    status: problem?.code ?? 0,
    transient: problem?.code === 28 || problem?.code === 6 || refused || busy,
  };
}

async function follow(
  process: Process,
  options: CurlOptions,
  url: string,
  progress: Progress,
  limits: Limits,
): Promise<Outcome> {
  const say = async (line: string): Promise<void> => {
    if (options.flags.has('verbose')) await process.printError(`* ${line}\n`);
  };
  let target = readUrl(url);
  let { method, body } = options;
  let redirectTime = 0;
  for (let redirects = 0; ; redirects++) {
    const connection = await connect(process, options, target, progress, limits, say);
    if (target.scheme === 'telnet') {
      await telnet(process, connection, limits);
      return { response: undefined, target, redirects, redirectTime, requestSize: 0 };
    }
    const headers = requestHeaders(options, target, body);
    if (options.flags.has('verbose')) await showRequest(process, method, target, headers);
    const response = await exchange(
      connection,
      { options, target, method, headers, body, authorities: authorities(process) },
      progress,
      limits,
    );
    if (options.flags.has('verbose')) await showResponse(process, response, target);
    const requestSize = JSON.stringify(headers).length;
    const location = header(response, 'location');
    const redirected = [301, 302, 303, 307, 308].includes(response.status) && location !== undefined;
    if (!redirected || !options.flags.has('location'))
      return { response, target, redirects, redirectTime, requestSize };
    if (redirects >= options.maxRedirects)
      throw new CurlError(47, `Maximum (${options.maxRedirects}) redirects followed`);
    await say(`Issue another request to this URL: '${new URL(location, target.href).href}'`);
    target = readUrl(new URL(location, target.href).href);
    redirectTime = performance.now() - progress.started;
    if (response.status === 303 || (method === 'POST' && response.status < 303))
      [method, body] = ['GET', undefined];
  }
}

/** The image's certificate authorities, as far as it brings or mounts any. */
function authorities(process: Process): string {
  const node = process.files.find('/etc/ssl/certs/ca-certificates.crt');
  return node?.type === 'file' ? Buffer.from(node.content.read(0, Number.MAX_SAFE_INTEGER)).toString() : '';
}

function requestHeaders(
  options: CurlOptions,
  target: Target,
  body: string | undefined,
): Record<string, string> {
  const headers = new Map<string, [string, string]>([
    ['host', ['Host', target.authority]],
    ['user-agent', ['User-Agent', `curl/${version}`]],
    ['accept', ['Accept', '*/*']],
  ]);
  if (body !== undefined) {
    headers.set('content-length', ['Content-Length', String(Buffer.byteLength(body))]);
    headers.set('content-type', ['Content-Type', 'application/x-www-form-urlencoded']);
  }
  for (const line of options.headers) {
    const [, name = '', value = ''] = /^([^:;]+)[:;]\s*(.*)$/.exec(line) ?? [];
    if (name === '') continue;
    // `Name:` without a value takes a header away.
    if (value === '' && !line.endsWith(';')) headers.delete(name.toLowerCase());
    else headers.set(name.toLowerCase(), [name, value]);
  }
  return Object.fromEntries(headers.values());
}

async function showRequest(
  process: Process,
  method: string,
  target: Target,
  headers: Record<string, string>,
): Promise<void> {
  const lines = Object.entries(headers).map(([name, value]) => `> ${name}: ${value}\n`);
  await process.printError(`> ${method} ${target.path} HTTP/1.1\n${lines.join('')}> \n`);
}

async function showResponse(process: Process, response: HttpResponse, target: Target): Promise<void> {
  const head = headOf(response).trimEnd().split('\r\n');
  await process.printError(
    `${head.map((line) => `< ${line}\n`).join('')}< \n* Connection #0 to host ${target.host} left intact\n`,
  );
}

function headOf(response: HttpResponse): string {
  const lines = response.headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `${response.version} ${response.status} ${response.reason}\r\n${lines.join('')}\r\n`;
}

function header(response: HttpResponse, name: string): string | undefined {
  return response.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Writes headers and body where they belong. @throws SystemError when a file cannot be written */
async function deliver(
  process: Process,
  options: CurlOptions,
  response: HttpResponse,
  output: string | undefined,
  target: Target | undefined,
): Promise<void> {
  const shown =
    options.flags.has('include') || options.flags.has('head')
      ? Buffer.from(headOf(response), 'latin1')
      : Buffer.alloc(0);
  const bytes = Buffer.concat([shown, response.body]);
  const remote = options.flags.has('remoteName')
    ? target?.path.split('?', 1)[0]?.split('/').at(-1)
    : undefined;
  const path = output ?? remote;
  const toScreen = path === undefined || path === '-';
  if (!options.flags.has('silent') && (!toScreen || process.file(1).kind !== 'terminal'))
    await process.printError(progressMeter(response.body.length));
  if (options.dumpHeader !== undefined) {
    if (options.dumpHeader === '-') await process.print(headOf(response));
    else process.files.writeFile(process.absolute(options.dumpHeader), headOf(response));
  }
  if (toScreen) await process.write(1, bytes);
  else if (process.absolute(path) !== '/dev/null') process.files.writeFile(process.absolute(path), bytes);
}

function progressMeter(bytes: number): string {
  const size = String(bytes).padStart(5);
  return (
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
    '                                 Dload  Upload   Total   Spent    Left  Speed\n' +
    `\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0` +
    `\r100 ${size}  100 ${size}    0     0  ${String(bytes * 100).padStart(5)}      0 --:--:-- --:--:-- --:--:-- ${String(bytes * 100).padStart(5)}\n`
  );
}

async function printWriteOut(
  process: Process,
  options: CurlOptions,
  { url, index }: { readonly url: string; readonly index: number },
  outcome: Outcome,
  progress: Progress,
  total: number,
  problem: CurlError | undefined,
): Promise<void> {
  const { response, target } = outcome;
  const { connection } = progress;
  const location = response && header(response, 'location');
  const facts: TransferFacts = {
    url,
    urlNumber: index,
    effectiveUrl: target?.href ?? url,
    method: options.method,
    httpCode: response?.status ?? 0,
    httpVersion: response?.version.replace('HTTP/', '') ?? '0',
    contentType: (response && header(response, 'content-type')) ?? '',
    nameLookup: progress.nameLookup,
    connect: progress.connect,
    appConnect: progress.appConnect,
    startTransfer: response ? total : 0,
    total,
    redirect: outcome.redirectTime,
    redirects: outcome.redirects,
    redirectUrl: location === undefined || target === undefined ? '' : new URL(location, target.href).href,
    remoteIp: connection?.remote.address ?? '',
    remotePort: connection?.remote.port ?? 0,
    localIp: connection?.local.address ?? '',
    localPort: connection?.local.port ?? 0,
    sizeDownload: response?.body.length ?? 0,
    sizeHeader: response ? headOf(response).length : 0,
    sizeRequest: outcome.requestSize,
    sizeUpload: options.body?.length ?? 0,
    connects: progress.connects,
    exitCode: problem?.code ?? 0,
    errorMessage: problem?.message ?? '',
    scheme: target?.scheme ?? 'http',
  };
  const { text, unknown } = formatWriteOut(options.writeOut ?? '', facts);
  for (const name of unknown) await process.printError(`curl: unknown --write-out variable: '${name}'\n`);
  await process.print(text);
}

/** `telnet://`: standard input to the connection and back, until the other side ends it. */
async function telnet(
  process: Process,
  connection: Parameters<typeof openConnection>[0],
  limits: Limits,
): Promise<void> {
  const file = openConnection(connection);
  const stop = new AbortController();
  const signal = AbortSignal.any([limits.signal, stop.signal]);
  const sending = (async () => {
    for (;;) {
      const bytes = await process.file(0).read(4096, signal);
      if (bytes.length === 0) return;
      await file.write(bytes, signal);
    }
  })().catch((error: unknown) => {
    if (!signal.aborted && !(error instanceof SystemError)) throw error;
  });
  try {
    for (;;) {
      const bytes = await file.read(65_536, signal);
      if (bytes.length === 0) return;
      await process.write(1, bytes);
    }
  } catch (error) {
    if (limits.expired) throw new CurlError(28, 'Time-out');
    if (error instanceof SystemError) throw new CurlError(56, `Recv failure: ${error.text}`);
    throw error;
  } finally {
    stop.abort();
    connection.destroy();
    await sending;
  }
}

/** curl's own globbing: `{a,b}` and `[1-3]`, without `-g`. */
function expandBraces(url: string): string[] {
  const set = /\{([^{}]*,[^{}]*)\}/.exec(url);
  if (set) return (set[1] ?? '').split(',').flatMap((part) => expandBraces(url.replace(set[0], part)));
  const numbers = /\[(\d+)-(\d+)\]/.exec(url);
  if (!numbers) return [url];
  const [all, from = '', to = ''] = numbers;
  const count = Math.max(0, Math.min(1000, Number(to) - Number(from) + 1));
  return Array.from({ length: count }, (_, index) => url.replace(all, String(Number(from) + index))).flatMap(
    expandBraces,
  );
}
