import { isOutside } from '../network/addresses.ts';
import { resolveHost } from '../network/resolver.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { printNote } from './dial.ts';
import { parseOptions } from './options.ts';

/** ping of iputils. */
export const ping: Program = (process) => run(process, false);

/** ping of busybox. */
export const busyboxPing: Program = (process) => run(process, true);

async function run(process: Process, busybox: boolean): Promise<number> {
  const { values, flags, operands } = parseOptions(process.argv.slice(1), {
    flags: { quiet: ['-q'], ipv4: ['-4'], ipv6: ['-6'], numeric: ['-n'] },
    values: { count: ['-c'], wait: ['-W'], deadline: ['-w'], interval: ['-i'], size: ['-s'], ttl: ['-t'] },
  });
  const number = (name: string): number | undefined =>
    values.has(name) ? Number(values.get(name)?.at(-1)) : undefined;
  const [host] = operands;
  if (host === undefined) {
    await process.printError('ping: usage error: Destination address required\n');
    return busybox ? 1 : 2;
  }
  const found = await resolveHost(process, host);
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (found.kind !== 'found' || address === undefined) {
    await process.printError(
      busybox
        ? `ping: bad address '${host}'\n`
        : `ping: ${host}: ${found.kind === 'found' ? '' : found.text}\n`,
    );
    await printNote(process, found.kind === 'found' ? undefined : found.note);
    return busybox ? 1 : 2;
  }
  await process.print(
    busybox
      ? `PING ${host} (${address}): 56 data bytes\n`
      : `PING ${host} (${address}) 56(84) bytes of data.\n`,
  );
  const started = performance.now();
  const deadline = number('deadline');
  let sent = 0;
  const times: number[] = [];
  const state = { interrupted: false };
  process.handlers.set('INT', () => {
    state.interrupted = true;
  });
  const enough = (): boolean =>
    state.interrupted ||
    sent >= (number('count') ?? Number.POSITIVE_INFINITY) ||
    (deadline !== undefined && performance.now() - started >= deadline * 1000);
  do {
    const begin = performance.now();
    sent++;
    if (process.kernel.network.uplink.ping(process.kernel.network, address)) {
      await new Promise((resolve) => setImmediate(resolve));
      const time = performance.now() - begin;
      times.push(time);
      if (!flags.has('quiet')) {
        const shown = time.toFixed(3);
        await process.print(
          busybox
            ? `64 bytes from ${address}: seq=${sent - 1} ttl=62 time=${shown} ms\n`
            : `64 bytes from ${address}: icmp_seq=${sent} ttl=62 time=${shown} ms\n`,
        );
      }
    }
    const pause = enough()
      ? times.length === sent
        ? 0
        : (number('wait') ?? 1) * 1000
      : (number('interval') ?? 1) * 1000;
    for (let left = pause; left > 0 && !state.interrupted; left -= 100)
      await process.sleep(Math.min(left, 100));
  } while (!enough());
  await summary(process, busybox, host, sent, times, performance.now() - started);
  if (times.length === 0 && isOutside(address))
    await printNote(process, `practice lab: ${address} is outside of the lab, which has no internet.`);
  return times.length > 0 ? 0 : 1;
}

async function summary(
  process: Process,
  busybox: boolean,
  host: string,
  sent: number,
  times: readonly number[],
  elapsed: number,
): Promise<void> {
  const loss = Math.round(((sent - times.length) / sent) * 100);
  const [least, most] = [Math.min(...times), Math.max(...times)].map((time) => time.toFixed(3));
  const mean = (times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length)).toFixed(3);
  await process.print(`\n--- ${host} ping statistics ---\n`);
  if (busybox) {
    await process.print(
      `${sent} packets transmitted, ${times.length} packets received, ${loss}% packet loss\n`,
    );
    if (times.length > 0)
      await process.print(`round-trip min/avg/max = ${least ?? ''}/${mean}/${most ?? ''} ms\n`);
  } else {
    await process.print(
      `${sent} packets transmitted, ${times.length} received, ${loss}% packet loss, time ${Math.round(elapsed)}ms\n`,
    );
    await process.print(
      times.length > 0 ? `rtt min/avg/max/mdev = ${least ?? ''}/${mean}/${most ?? ''}/0.000 ms\n` : '\n',
    );
  }
}
