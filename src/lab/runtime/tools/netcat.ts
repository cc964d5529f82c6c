import { openConnection, type Connection } from '../network/connection.ts';
import { Descriptor } from '../system/descriptors.ts';
import { resolveHost } from '../network/resolver.ts';
import { openUdp } from '../network/udp.ts';
import { SystemError } from '../system/errors.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { Deadline } from '../system/wait.ts';
import { dial, printNote, type Dialled } from './dial.ts';
import { parseOptions, type ParsedOptions } from './options.ts';
import { serviceName } from './serviceNames.ts';

const table = {
  flags: {
    scan: ['-z'],
    verbose: ['-v'],
    listen: ['-l'],
    keep: ['-k', '-lk'],
    numeric: ['-n'],
    udp: ['-u'],
    closeAtEnd: ['-N'],
    ipv4: ['-4'],
    ipv6: ['-6'],
    ignored: ['-d', '-t', '-C', '-D', '-h'],
  },
  values: {
    timeout: ['-w'],
    port: ['-p'],
    program: ['-e', '-c'],
    quitAfter: ['-q'],
    source: ['-s'],
    interval: ['-i'],
  },
} as const;

/** What the two families of nc say. */
interface Texts {
  readonly open: (host: string, dialled: Extract<Dialled, { kind: 'connected' }>, port: number) => string;
  readonly failed: (host: string, dialled: Exclude<Dialled, { kind: 'connected' }>, port: number) => string;
  /** busybox says why it failed even without -v. */
  readonly always: boolean;
}

const openBsd: Texts = {
  open: (host, _, port) =>
    `Connection to ${host} ${port} port [tcp/${serviceName(port) ?? '*'}] succeeded!\n`,
  failed: (host, dialled, port) => {
    if (dialled.kind === 'unresolved')
      return `nc: getaddrinfo for host "${host}" port ${port}: ${dialled.text}\n`;
    if (dialled.kind === 'timeout')
      return `nc: connect to ${host} port ${port} (tcp) timed out: Operation now in progress\n`;
    const shown = host === dialled.address ? host : `${host} (${dialled.address})`;
    return `nc: connect to ${shown} port ${port} (tcp) failed: ${dialled.text}\n`;
  },
  always: false,
};

const busybox: Texts = {
  open: (host, { address }, port) => `${host} (${address}:${port}) open\n`,
  failed: (host, dialled) => {
    if (dialled.kind === 'unresolved') return `nc: bad address '${host}'\n`;
    if (dialled.kind === 'timeout') return 'nc: timed out\n';
    return `nc: can't connect to remote host (${dialled.address}): ${dialled.text}\n`;
  },
  always: true,
};

/** OpenBSD's nc, as Debian and Red Hat have it. */
export const netcat: Program = (process) => run(process, openBsd);

/** busybox' nc. */
export const busyboxNetcat: Program = (process) => run(process, busybox);

async function run(process: Process, texts: Texts): Promise<number> {
  const options = parseOptions(process.argv.slice(1), table);
  const last = (name: string): string | undefined => options.values.get(name)?.at(-1);
  if (options.unknown !== undefined || options.incomplete !== undefined) {
    await process.printError(
      `nc: invalid option -- '${(options.unknown ?? options.incomplete ?? '').replace('-', '')}'\nusage: nc [-lnuvz] [-w SEC] [-p PORT] HOST PORT\n`,
    );
    return 1;
  }
  if (options.flags.has('listen')) return listen(process, options, last);
  const [host, ports] = options.operands;
  if (host === undefined || ports === undefined) {
    await process.printError('usage: nc [-lnuvz] [-w SEC] [-p PORT] HOST PORT\n');
    return 1;
  }
  let status = 0;
  for (const port of portRange(ports))
    status = (await one(process, options, texts, host, port, last)) || status;
  return status;
}

function portRange(text: string): number[] {
  const [, from = text, to] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (to === undefined) return [Number(from)];
  return Array.from(
    { length: Math.min(65_536, Number(to) - Number(from) + 1) },
    (_, index) => Number(from) + index,
  );
}

async function one(
  process: Process,
  options: ParsedOptions,
  texts: Texts,
  host: string,
  port: number,
  last: (name: string) => string | undefined,
): Promise<number> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    await process.printError(`nc: port number invalid: ${String(port)}\n`);
    return 1;
  }
  if (options.flags.has('udp')) return udp(process, options, host, port, last);
  const seconds = last('timeout');
  const timeout = seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1000;
  const dialled = await dial(process, {
    host,
    port,
    timeout,
    family: options.flags.has('ipv6') ? 6 : options.flags.has('ipv4') ? 4 : 0,
  });
  if (dialled.kind !== 'connected') {
    if (texts.always || options.flags.has('verbose') || dialled.kind === 'unresolved')
      await process.printError(texts.failed(host, dialled, port));
    await printNote(process, dialled.note);
    return 1;
  }
  if (options.flags.has('verbose')) await process.printError(texts.open(host, dialled, port));
  if (options.flags.has('scan')) {
    dialled.connection.destroy();
    return 0;
  }
  return transfer(process, dialled.connection, { idle: timeout, half: !options.flags.has('closeAtEnd') });
}

/** Datagrams: without an answer nothing is known, and with -v the port counts as open. */
async function udp(
  process: Process,
  options: ParsedOptions,
  host: string,
  port: number,
  last: (name: string) => string | undefined,
): Promise<number> {
  const found = await resolveHost(process, host, options.flags.has('ipv6') ? 6 : 0);
  if (found.kind !== 'found') {
    await process.printError(`nc: bad address '${host}'\n`);
    return 1;
  }
  const seconds = last('timeout');
  const file = openUdp(process.kernel.network, found.addresses[0] ?? '', port);
  const limit = new Deadline(seconds === undefined ? Infinity : Number(seconds) * 1000, process.signal);
  try {
    const bytes = options.flags.has('scan')
      ? Buffer.from('X')
      : await process.file(0).read(65_536, process.signal);
    if (bytes.length > 0) await file.write(bytes, process.signal);
    if (options.flags.has('scan')) await file.read(1, limit.signal);
    else for (;;) await process.write(1, await file.read(65_536, limit.signal));
  } catch (error) {
    if (process.signal.aborted) throw error;
    if (error instanceof SystemError) return 1;
    if (!limit.expired) throw error;
  } finally {
    limit.end();
    file.close();
  }
  if (options.flags.has('verbose'))
    await process.printError(
      `Connection to ${host} ${port} port [udp/${serviceName(port) ?? '*'}] succeeded!\n`,
    );
  return 0;
}

/** Standard input to the connection and back, until the other side ends it or nothing comes for too long. */
async function transfer(
  process: Process,
  connection: Connection,
  limits: { idle: number; half: boolean },
): Promise<number> {
  const file = openConnection(connection);
  const stop = new AbortController();
  const sending = (async () => {
    const signal = AbortSignal.any([process.signal, stop.signal]);
    for (;;) {
      const bytes = await process.file(0).read(65_536, signal);
      if (bytes.length === 0) break;
      await file.write(bytes, signal);
    }
    connection.end();
  })().catch((error: unknown) => {
    if (!stop.signal.aborted && !process.signal.aborted && !(error instanceof SystemError)) throw error;
  });
  try {
    for (;;) {
      const limit = new Deadline(limits.idle, process.signal);
      try {
        const bytes = await file.read(65_536, limit.signal);
        if (bytes.length === 0) return 0;
        await process.write(1, bytes);
      } catch (error) {
        if (process.signal.aborted) throw error;
        if (limit.expired) return 0;
        if (error instanceof SystemError && error.code === 'ECONNRESET') return 1;
        throw error;
      } finally {
        limit.end();
      }
    }
  } finally {
    stop.abort();
    connection.destroy();
    await sending;
  }
}

async function listen(
  process: Process,
  options: ParsedOptions,
  last: (name: string) => string | undefined,
): Promise<number> {
  const port = Number(last('port') ?? options.operands.at(-1));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    await process.printError('nc: missing port number\n');
    return 1;
  }
  const waiting: Connection[] = [];
  let wake: (() => void) | undefined;
  let listener: { close: () => void };
  try {
    listener = process.kernel.network.listen(last('source') ?? '0.0.0.0', port, 'nc', (connection) => {
      waiting.push(connection);
      wake?.();
    });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    await process.printError(`nc: ${error.text}\n`);
    return 1;
  }
  try {
    if (options.flags.has('verbose')) await process.printError(`Listening on 0.0.0.0 ${port}\n`);
    do {
      while (waiting.length === 0) {
        await new Promise<void>((resolve, reject) => {
          wake = resolve;
          process.signal.addEventListener('abort', () => reject(process.signal.reason as Error), {
            once: true,
          });
          process.signal.throwIfAborted();
        });
      }
      const connection = waiting.shift();
      if (connection === undefined) continue;
      if (options.flags.has('verbose'))
        await process.printError(
          `Connection received on ${connection.remote.address} ${connection.remote.port}\n`,
        );
      const program = last('program');
      if (program === undefined)
        await transfer(process, connection, { idle: Number.POSITIVE_INFINITY, half: true });
      else
        await serveProgram(process, connection, [
          program,
          ...options.operands.filter((word) => word !== String(port)),
        ]);
    } while (options.flags.has('keep'));
    return 0;
  } finally {
    listener.close();
    for (const connection of waiting) connection.destroy();
  }
}

/** `-e`: a program whose input and output are the connection. */
async function serveProgram(
  process: Process,
  connection: Connection,
  argv: readonly string[],
): Promise<void> {
  const descriptor = new Descriptor(openConnection(connection));
  const table = process.descriptors.copy();
  table.set(0, descriptor);
  table.set(1, descriptor.share());
  await process.wait(process.spawn(argv, { descriptors: table }));
}
