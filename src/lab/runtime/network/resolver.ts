import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { parseNumericHost } from './addresses.ts';
import type { DnsAnswer, DnsRecord, RecordType } from './dns.ts';
import { Deadline } from '../system/wait.ts';

/** What `getaddrinfo` answers; `note` is the lab's word about names outside of it. */
export type Resolution =
  | { readonly kind: 'found'; readonly addresses: readonly string[]; readonly canonical: string }
  | { readonly kind: 'unknown' | 'again'; readonly text: string; readonly note?: string };

export interface ResolverConfiguration {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  readonly timeoutSeconds: number;
  readonly attempts: number;
}

/** Reads the container's /etc/resolv.conf, so that what a learner edits counts. */
export function readResolvConf(process: Process): ResolverConfiguration {
  const text = readText(process, '/etc/resolv.conf');
  const nameservers: string[] = [];
  let search: string[] = [];
  const options = { ndots: 1, timeoutSeconds: 5, attempts: 2 };
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line.trim().split(/\s+/);
    if (keyword === 'nameserver' && values[0] !== undefined) nameservers.push(values[0]);
    if (keyword === 'search' || keyword === 'domain') search = values;
    if (keyword !== 'options') continue;
    for (const option of values) {
      const [name, value] = option.split(':');
      if (name === 'ndots') options.ndots = Number(value);
      if (name === 'timeout') options.timeoutSeconds = Number(value);
      if (name === 'attempts') options.attempts = Number(value);
    }
  }
  return {
    nameservers: nameservers.length > 0 ? nameservers.slice(0, 3) : ['127.0.0.1'],
    search,
    ...options,
  };
}

/** Addresses that /etc/hosts gives a name. */
export function hostsFileEntry(process: Process, name: string): string[] {
  return readText(process, '/etc/hosts')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(([, ...names]) => names.some((known) => known.toLowerCase() === name.toLowerCase()))
    .flatMap(([address]) => (address === undefined ? [] : [address]));
}

/** The names that the search list makes of one, in the order in which they are asked. */
export function searchNames(name: string, { search, ndots }: ResolverConfiguration): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const dots = name.split('.').length - 1;
  const extended = search.map((domain) => `${name}.${domain}`);
  return dots >= ndots ? [name, ...extended] : [...extended, name];
}

/** Resolves a name as the C library does: numbers, /etc/hosts, then DNS with the search list. */
export async function resolveHost(
  process: Process,
  host: string,
  family: 0 | 4 | 6 = 0,
): Promise<Resolution> {
  const numeric = parseNumericHost(host);
  const fits = (address: string): boolean => family === 0 || address.includes(':') === (family === 6);
  if (numeric !== undefined) {
    if (fits(numeric)) return { kind: 'found', addresses: [numeric], canonical: numeric };
    return { kind: 'unknown', text: 'Address family for hostname not supported' };
  }
  if (!/^[\w-]{1,63}(\.[\w-]{1,63})*\.?$/.test(host))
    return { kind: 'unknown', text: 'Name or service not known' };
  const fromFile = hostsFileEntry(process, host).filter(fits);
  if (fromFile.length > 0) return { kind: 'found', addresses: fromFile, canonical: host };
  return resolveByDns(process, host, family);
}

async function resolveByDns(process: Process, host: string, family: 0 | 4 | 6): Promise<Resolution> {
  const configuration = readResolvConf(process);
  let answered = false;
  let note: string | undefined;
  const types: readonly RecordType[] = family === 6 ? ['AAAA'] : family === 4 ? ['A'] : ['A', 'AAAA'];
  for (const name of searchNames(host, configuration)) {
    // Both families are asked at once, as glibc and musl do.
    const answers = await Promise.all(
      types.map((type) => askServers(process, { name, type }, configuration)),
    );
    const records = answers.flatMap((answer) => answer?.records ?? []);
    for (const answer of answers) {
      answered ||= answer !== undefined && answer.status !== 'SERVFAIL';
      note ??= answer?.note;
    }
    const addresses = records.filter(({ type }) => types.includes(type)).map(({ data }) => data);
    if (addresses.length > 0) {
      return { kind: 'found', addresses: [...new Set(addresses)], canonical: canonicalName(name, records) };
    }
  }
  const text = answered ? 'Name or service not known' : 'Temporary failure in name resolution';
  return { kind: answered ? 'unknown' : 'again', text, ...(note === undefined ? {} : { note }) };
}

/** Asks the servers in turn; undefined when none answered in time. */
export async function askServers(
  process: Process,
  question: { name: string; type: RecordType },
  configuration: ResolverConfiguration,
): Promise<DnsAnswer | undefined> {
  for (let attempt = 0; attempt < configuration.attempts; attempt++) {
    for (const server of configuration.nameservers) {
      const answer = await askServer(process, server, question, configuration.timeoutSeconds);
      if (answer !== 'timeout' && answer !== 'refused') return answer;
      if (answer === 'refused') continue;
    }
  }
  return undefined;
}

export async function askServer(
  process: Process,
  server: string,
  question: { name: string; type: RecordType },
  timeoutSeconds: number,
): Promise<DnsAnswer | 'timeout' | 'refused'> {
  const limit = new Deadline(timeoutSeconds * 1000, process.signal);
  try {
    return await process.kernel.network.uplink.ask(process.kernel.network, server, question, limit.signal);
  } catch (error) {
    if (limit.expired) return 'timeout';
    if (error instanceof SystemError) return error.code === 'ETIMEDOUT' ? 'timeout' : 'refused';
    throw error;
  } finally {
    limit.end();
  }
}

function canonicalName(name: string, records: readonly DnsRecord[]): string {
  let current = name;
  for (const record of records) if (record.type === 'CNAME' && record.name === current) current = record.data;
  return current;
}

function readText(process: Process, path: string): string {
  const node = process.kernel.files.find(path);
  return node?.type === 'file' ? Buffer.from(node.content.read(0, Number.MAX_SAFE_INTEGER)).toString() : '';
}
