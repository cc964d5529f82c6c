import { openConnection, send } from '../network/connection.ts';
import { resolveHost } from '../network/resolver.ts';
import { SystemError } from '../system/errors.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { dial, printNote } from './dial.ts';
import { parseOptions } from './options.ts';

/** Clients that talk over one connection. */
export const connectTools: Readonly<Record<string, Program>> = { telnet, 'redis-cli': redisCli, traceroute };

async function telnet(process: Process): Promise<number> {
  const [host, port = '23'] = process.argv.slice(1).filter((word) => !word.startsWith('-'));
  if (host === undefined) {
    await process.printError('usage: telnet HOST [PORT]\n');
    return 1;
  }
  const dialled = await dial(process, {
    host,
    port: Number(port),
    timeout: Number.POSITIVE_INFINITY,
    trying: (address) => process.print(`Trying ${address}...\n`),
  });
  if (dialled.kind === 'unresolved') {
    await process.printError(`telnet: could not resolve ${host}/${port}: ${dialled.text}\n`);
    await printNote(process, dialled.note);
    return 1;
  }
  if (dialled.kind !== 'connected') {
    await process.printError(
      `telnet: Unable to connect to remote host: ${dialled.kind === 'timeout' ? 'Connection timed out' : dialled.text}\n`,
    );
    await printNote(process, dialled.note);
    return 1;
  }
  await process.print(`Connected to ${host}.\nEscape character is '^]'.\n`);
  const file = openConnection(dialled.connection);
  const stop = new AbortController();
  const signal = AbortSignal.any([process.signal, stop.signal]);
  const sending = (async () => {
    for (
      let bytes = await process.file(0).read(4096, signal);
      bytes.length > 0;
      bytes = await process.file(0).read(4096, signal)
    ) {
      if (bytes.includes(0x1d)) break;
      await file.write(
        Buffer.from(Buffer.from(bytes).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'),
        signal,
      );
    }
    stop.abort();
  })().catch((error: unknown) => {
    if (!signal.aborted && !(error instanceof SystemError)) throw error;
  });
  try {
    for (
      let bytes = await file.read(65_536, signal);
      bytes.length > 0;
      bytes = await file.read(65_536, signal)
    )
      await process.write(1, bytes);
    await process.printError('Connection closed by foreign host.\n');
  } catch (error) {
    if (process.signal.aborted || !(stop.signal.aborted || error instanceof SystemError)) throw error;
  } finally {
    stop.abort();
    dialled.connection.destroy();
    await sending;
  }
  return 1;
}

/** One redis command and its answer. */
async function redisCli(process: Process): Promise<number> {
  const { values, operands } = parseOptions(
    process.argv.slice(1),
    {
      flags: { raw: ['--raw', '--no-raw'] },
      values: { host: ['-h'], port: ['-p'], db: ['-n'], password: ['-a'] },
    },
    true,
  );
  const host = values.get('host')?.at(-1) ?? '127.0.0.1';
  const port = Number(values.get('port')?.at(-1) ?? 6379);
  const dialled = await dial(process, { host, port, timeout: Number.POSITIVE_INFINITY });
  if (dialled.kind !== 'connected') {
    const text = dialled.kind === 'timeout' ? 'Connection timed out' : dialled.text;
    await process.printError(`Could not connect to Redis at ${host}:${port}: ${text}\n`);
    return 1;
  }
  const words = operands.length > 0 ? operands : ['PING'];
  const request = `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
  await send(dialled.connection, request, process.signal);
  const answer = Buffer.from(
    await openConnection(dialled.connection).read(65_536, process.signal),
  ).toString();
  dialled.connection.destroy();
  const text = answer
    .replace(/^\+/, '')
    .replace(/^-/, '(error) ')
    .replace(/^\$-1\r\n$/, '(nil)')
    .replace(/^\$\d+\r\n/, '')
    .trimEnd();
  await process.print(`${text}\n`);
  return 0;
}

/** The lab's network has no routers to show: the way is one hop, or it ends nowhere. */
async function traceroute(process: Process): Promise<number> {
  const host = process.argv.slice(1).find((word) => !word.startsWith('-')) ?? '';
  const found = await resolveHost(process, host);
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) {
    await process.printError(`${host}: Name or service not known\n`);
    return 2;
  }
  await process.print(`traceroute to ${host} (${address}), 30 hops max, 60 byte packets\n`);
  const reached = process.kernel.network.uplink.ping(process.kernel.network, address);
  await process.print(
    reached
      ? ` 1  ${address} (${address})  0.102 ms  0.087 ms  0.081 ms\n`
      : [1, 2, 3].map((hop) => ` ${hop}  * * *\n`).join(''),
  );
  return 0;
}
