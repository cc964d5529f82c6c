import { once } from 'node:events';
import { oneLine } from '../../base/hostileText.ts';
import type { Protocol } from '../../model/objects.ts';
import type { Pair, PodGroup } from '../../reach/pairs.ts';
import { formatPorts, protocols, type PortSet } from '../../reach/portSet.ts';
import type { Verb } from '../verb.ts';

type Io = Pick<Parameters<Verb['run']>[1], 'stdout' | 'signal'>;

/** So many lines are written at once: a thousand workloads make a million pairs, which are never all in memory. */
const linesAtOnce = 2_000;

/** Writes the pairs as one JSON array, a pair a line. */
export async function writeJson(pairs: Iterable<Pair>, io: Io): Promise<void> {
  const lineOf = (pair: Pair, index: number): string =>
    `${index === 0 ? '[' : ','}\n${JSON.stringify(asJson(pair))}`;
  const count = await writeAll(pairs, lineOf, io);
  io.stdout.write(count === 0 ? '[]\n' : '\n]\n');
}

/** Writes the pairs as a table. */
export async function writeText(pairs: Iterable<Pair>, groups: readonly PodGroup[], io: Io): Promise<void> {
  const width = Math.max(0, ...groups.map((group) => nameOf(group).length));
  const lineOf = (pair: Pair): string =>
    `${nameOf(pair.source).padEnd(width)}  →  ${nameOf(pair.target).padEnd(width)}  ${portsText(pair)}\n`;
  const count = await writeAll(pairs, lineOf, io);
  if (count === 0) io.stdout.write('There are no two workloads in these files.\n');
}

/** @returns how many there were */
async function writeAll(
  pairs: Iterable<Pair>,
  lineOf: (pair: Pair, index: number) => string,
  io: Io,
): Promise<number> {
  let lines: string[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    io.signal.throwIfAborted();
    const isFull = !io.stdout.write(lines.join(''));
    lines = [];
    if (isFull) await once(io.stdout, 'drain', { signal: io.signal });
    else await new Promise((resolve) => setImmediate(resolve));
  };
  for (const pair of pairs) {
    lines.push(lineOf(pair, count));
    count += 1;
    if (lines.length === linesAtOnce) await flush();
  }
  if (lines.length > 0) await flush();
  return count;
}

function asJson({ source, target, allowed, depends }: Pair): object {
  const certain = byProtocol(allowed);
  const uncertain = byProtocol(depends);
  const has = (ports: object): boolean => Object.keys(ports).length > 0;
  return {
    from: source.ref,
    ...(source.alike !== undefined && { fromAlike: source.alike }),
    to: target.ref,
    ...(target.alike !== undefined && { toAlike: target.alike }),
    allowed: has(certain) ? true : has(uncertain) ? 'depends' : false,
    ports: certain,
    ...(has(uncertain) && { depends: uncertain }),
  };
}

function byProtocol(set: PortSet): Partial<Record<Protocol, readonly string[]>> {
  const out: Partial<Record<Protocol, readonly string[]>> = {};
  for (const protocol of protocols) {
    const ranges = formatPorts(set, protocol);
    if (ranges.length > 0) out[protocol] = ranges;
  }
  return out;
}

function nameOf({ ref, alike }: PodGroup): string {
  return oneLine(alike === undefined ? ref : `${ref} and ${alike - 1} alike`);
}

function portsText({ allowed, depends }: Pair): string {
  const list = (set: PortSet): string =>
    protocols.every((protocol) => formatPorts(set, protocol)[0] === '*')
      ? 'all ports'
      : protocols
          .flatMap((protocol) =>
            formatPorts(set, protocol).map((range) => `${protocol} ${range === '*' ? 'all' : range}`),
          )
          .join(', ');
  const certain = list(allowed);
  const uncertain = list(depends);
  if (certain === '' && uncertain === '') return 'nothing';
  return [certain, uncertain === '' ? '' : `depends on the network plugin: ${uncertain}`]
    .filter(Boolean)
    .join('; ');
}
