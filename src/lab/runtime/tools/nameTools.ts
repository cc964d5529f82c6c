import { parseNumericHost } from '../network/addresses.ts';
import type { DnsAnswer, RecordType } from '../network/dns.ts';
import { askServer, hostsFileEntry, readResolvConf, resolveHost, searchNames } from '../network/resolver.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { printNote } from './dial.ts';

/** Programs that look names up. */
export const nameTools: Readonly<Record<string, Program>> = {
  getent,
  nslookup,
  'busybox-nslookup': busyboxNslookup,
  dig,
  host,
};

async function getent(process: Process): Promise<number> {
  const [database = '', ...keys] = process.argv.slice(1);
  const line = (address: string, kind: string, name: string): string =>
    `${address.padEnd(15)} ${kind.padEnd(6)} ${name}`.trimEnd() + '\n';
  switch (database) {
    case 'hosts': {
      let status = 0;
      for (const key of keys) {
        const found = await resolveHost(process, key);
        if (found.kind !== 'found') {
          status = 2;
          await printNote(process, found.note);
        } else
          for (const address of found.addresses.slice(
            0,
            hostsFileEntry(process, key).length > 0 ? 1 : undefined,
          ))
            await process.print(`${address.padEnd(15)} ${found.canonical}\n`);
      }
      return keys.length === 0 ? 1 : status;
    }
    case 'ahosts':
    case 'ahostsv4':
    case 'ahostsv6': {
      const found = await resolveHost(
        process,
        keys[0] ?? '',
        database === 'ahostsv4' ? 4 : database === 'ahostsv6' ? 6 : 0,
      );
      if (found.kind !== 'found') {
        await printNote(process, found.note);
        return 2;
      }
      for (const [index, address] of found.addresses.entries()) {
        await process.print(
          line(address, 'STREAM', index === 0 ? found.canonical : '') +
            line(address, 'DGRAM', '') +
            line(address, 'RAW', ''),
        );
      }
      return 0;
    }
    case 'passwd':
    case 'group': {
      const lines = Buffer.from(process.files.readFile(`/etc/${database}`))
        .toString()
        .trimEnd()
        .split('\n');
      const chosen =
        keys.length === 0
          ? lines
          : lines.filter((entry) =>
              keys.some((key) => entry.split(':')[0] === key || entry.split(':')[2] === key),
            );
      await process.print(chosen.map((entry) => `${entry}\n`).join(''));
      return chosen.length === 0 ? 2 : 0;
    }
    default:
      await process.printError(`Unknown database: ${database}\nTry \`getent --help' for more information.\n`);
      return 1;
  }
}

interface Query {
  readonly names: readonly string[];
  readonly server: string | undefined;
  readonly type: RecordType | undefined;
}

function readQuery(args: readonly string[]): Query {
  const type = args
    .map((word) => /^-(?:query|type|q|t)=(\w+)$/i.exec(word)?.[1])
    .find((found) => found !== undefined);
  const operands = args.filter((word) => !word.startsWith('-'));
  const [name, server] = operands;
  return { names: name === undefined ? [] : [name], server, type: recordType(type) };
}

function recordType(text: string | undefined): RecordType | undefined {
  const upper = text?.toUpperCase();
  return (['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'NS', 'SOA', 'TXT', 'MX', 'ANY'] as const).find(
    (type) => type === upper,
  );
}

function reverseName(name: string): string | undefined {
  const address = parseNumericHost(name);
  return address === undefined || address.includes(':')
    ? undefined
    : `${address.split('.').reverse().join('.')}.in-addr.arpa`;
}

/** The address of the server to ask: the one named, or the first of /etc/resolv.conf. */
async function serverAddress(process: Process, named: string | undefined): Promise<string | undefined> {
  if (named === undefined) return readResolvConf(process).nameservers[0];
  const found = await resolveHost(process, named);
  return found.kind === 'found' ? found.addresses[0] : undefined;
}

/** bind's nslookup. */
async function nslookup(process: Process): Promise<number> {
  const query = readQuery(process.argv.slice(1));
  const [name] = query.names;
  const server = await serverAddress(process, query.server);
  if (name === undefined || server === undefined) {
    await process.print(
      server === undefined
        ? `nslookup: couldn't get address for '${query.server ?? ''}': not found\n`
        : 'Usage: nslookup [-type=TYPE] NAME [SERVER]\n',
    );
    return 1;
  }
  const configuration = readResolvConf(process);
  const reverse = reverseName(name);
  const candidates = reverse === undefined ? searchNames(name, configuration) : [reverse];
  let last: DnsAnswer | undefined;
  let asked = name;
  for (const candidate of candidates) {
    const answer = await askServer(
      process,
      server,
      { name: candidate, type: query.type ?? (reverse === undefined ? 'A' : 'PTR') },
      configuration.timeoutSeconds,
    );
    if (answer === 'timeout' || answer === 'refused') {
      const how = answer === 'timeout' ? 'timed out' : 'connection refused';
      await process.print(
        `;; communications error to ${server}#53: ${how}\n;; communications error to ${server}#53: ${how}\n;; no servers could be reached\n\n`,
      );
      return 1;
    }
    last = answer;
    asked = candidate;
    if (answer.records.length > 0) break;
    if (answer.status === 'NOERROR') break;
  }
  if (last?.status !== 'NOERROR') {
    await process.print(
      `Server:\t\t${server}\nAddress:\t${server}#53\n\n** server can't find ${last?.status === 'NXDOMAIN' ? name : asked}: ${last?.status ?? 'SERVFAIL'}\n\n`,
    );
    await printNote(process, last?.note);
    return 1;
  }
  await process.print(
    `${reverse === undefined ? `Server:\t\t${server}\nAddress:\t${server}#53\n\n` : ''}${records(last, asked)}\n`,
  );
  return 0;
}

function records(answer: DnsAnswer, asked: string): string {
  if (answer.records.length === 0) return `*** Can't find ${asked}: No answer\n`;
  return answer.records
    .map(({ name, type, data }) => {
      switch (type) {
        case 'A':
        case 'AAAA':
          return `Name:\t${name}\nAddress: ${data}\n`;
        case 'CNAME':
          return `${name}\tcanonical name = ${data}.\n`;
        case 'PTR':
          return `${name}\tname = ${data}.\n`;
        case 'SRV':
          return `${name}\tservice = ${data}.\n`;
        case 'NS':
        case 'SOA':
        case 'TXT':
        case 'MX':
        case 'ANY':
          return `${name}\t${type.toLowerCase()} = ${data}\n`;
      }
    })
    .join('');
}

/** busybox' nslookup: every name of the search list, addresses of both families, no /etc/hosts. */
async function busyboxNslookup(process: Process): Promise<number> {
  const query = readQuery(process.argv.slice(1));
  const [name] = query.names;
  const server = await serverAddress(process, query.server);
  if (name === undefined || server === undefined) {
    await process.printError(
      name === undefined
        ? 'BusyBox v1.37.0 (practice lab) multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n'
        : `nslookup: bad address '${query.server ?? ''}'\n`,
    );
    return 1;
  }
  const configuration = readResolvConf(process);
  const reverse = reverseName(name);
  const types: readonly RecordType[] = query.type
    ? [query.type]
    : reverse === undefined
      ? ['A', 'AAAA']
      : ['PTR'];
  const candidates = reverse === undefined ? searchNames(name, configuration) : [reverse];
  let text = '';
  let found = false;
  let note: string | undefined;
  for (const candidate of candidates) {
    for (const type of types) {
      const answer = await askServer(
        process,
        server,
        { name: candidate, type },
        configuration.timeoutSeconds,
      );
      if (answer === 'timeout' || answer === 'refused') {
        await process.printError(
          answer === 'timeout'
            ? ';; connection timed out; no servers could be reached\n\n'
            : `nslookup: write to '${server}': Connection refused\n;; connection timed out; no servers could be reached\n\n`,
        );
        return 1;
      }
      note ??= answer.note;
      if (answer.status !== 'NOERROR') text += `** server can't find ${candidate}: ${answer.status}\n\n`;
      else if (answer.records.length > 0) {
        found = true;
        text += `${records(answer, candidate)}\n`;
      }
    }
    if (found && candidates.length > 1 && !text.includes('NXDOMAIN')) break;
  }
  await process.print(`Server:\t\t${server}\nAddress:\t${server}:53\n\n${text}`);
  if (!found) await printNote(process, note);
  return found ? 0 : 1;
}

async function dig(process: Process): Promise<number> {
  const args = process.argv.slice(1);
  const server = await serverAddress(process, args.find((word) => word.startsWith('@'))?.slice(1));
  const short = args.includes('+short');
  const words = args.filter((word) => !/^[@+]/.test(word));
  const reverseIndex = words.indexOf('-x');
  const typeIndex = words.indexOf('-t');
  const operands = words.filter(
    (word, index) =>
      !word.startsWith('-') &&
      index !== reverseIndex + 1 * Number(reverseIndex !== -1) &&
      (typeIndex === -1 || index !== typeIndex + 1),
  );
  const reverse = reverseIndex === -1 ? undefined : reverseName(words[reverseIndex + 1] ?? '');
  const type =
    recordType(typeIndex === -1 ? operands.find((word) => recordType(word)) : words[typeIndex + 1]) ??
    (reverse === undefined ? 'A' : 'PTR');
  const name = reverse ?? operands.find((word) => recordType(word) === undefined) ?? '.';
  if (server === undefined) {
    await process.printError(
      `dig: couldn't get address for '${args.find((word) => word.startsWith('@'))?.slice(1) ?? ''}': not found\n`,
    );
    return 10;
  }
  const configuration = readResolvConf(process);
  const names = args.includes('+search') ? searchNames(name, configuration) : [name.replace(/\.$/, '')];
  const started = performance.now();
  let answer: DnsAnswer | 'timeout' | 'refused' = 'timeout';
  let asked = name;
  for (const candidate of names) {
    asked = candidate;
    answer = await askServer(process, server, { name: candidate, type }, configuration.timeoutSeconds);
    if (answer === 'timeout' || answer === 'refused' || answer.records.length > 0) break;
  }
  if (answer === 'timeout' || answer === 'refused') {
    const how = answer === 'timeout' ? 'timed out' : 'connection refused';
    await process.print(
      `;; communications error to ${server}#53: ${how}\n;; communications error to ${server}#53: ${how}\n\n; <<>> DiG 9.18.33 (practice lab) <<>> ${args.join(' ')}\n;; global options: +cmd\n;; no servers could be reached\n`,
    );
    return 9;
  }
  if (short) {
    await process.print(
      answer.records
        .map(
          ({ type: kind, data }) =>
            `${kind === 'CNAME' || kind === 'PTR' || kind === 'SRV' ? `${data}.` : data}\n`,
        )
        .join(''),
    );
    return 0;
  }
  const lines = answer.records.map(
    (record) =>
      `${record.name}.\t${record.ttl}\tIN\t${record.type}\t${/^(CNAME|PTR|SRV)$/.test(record.type) ? `${record.data}.` : record.data}\n`,
  );
  await process.print(
    `\n; <<>> DiG 9.18.33 (practice lab) <<>> ${args.join(' ')}\n;; global options: +cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${answer.status}, id: ${1000 + Math.floor(Math.random() * 60_000)}\n` +
      `;; flags: qr aa rd; QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: 0, ADDITIONAL: 1\n\n;; QUESTION SECTION:\n;${asked}.\t\tIN\t${type}\n\n` +
      `${lines.length > 0 ? `;; ANSWER SECTION:\n${lines.join('')}\n` : ''};; Query time: ${Math.round(performance.now() - started)} msec\n;; SERVER: ${server}#53(${server}) (UDP)\n;; WHEN: ${new Date().toUTCString()}\n;; MSG SIZE  rcvd: ${60 + lines.join('').length}\n\n`,
  );
  await printNote(process, answer.note);
  return 0;
}

async function host(process: Process): Promise<number> {
  const query = readQuery(process.argv.slice(1));
  const [name = ''] = query.names;
  const server = await serverAddress(process, query.server);
  const configuration = readResolvConf(process);
  const reverse = reverseName(name);
  for (const candidate of reverse === undefined ? searchNames(name, configuration) : [reverse]) {
    const answer =
      server === undefined
        ? 'timeout'
        : await askServer(
            process,
            server,
            { name: candidate, type: reverse === undefined ? 'A' : 'PTR' },
            configuration.timeoutSeconds,
          );
    if (answer === 'timeout' || answer === 'refused') {
      await process.print(';; connection timed out; no servers could be reached\n');
      return 1;
    }
    if (answer.records.length === 0) continue;
    const texts = answer.records.map((record) =>
      record.type === 'CNAME'
        ? `${record.name} is an alias for ${record.data}.\n`
        : record.type === 'PTR'
          ? `${record.name} domain name pointer ${record.data}.\n`
          : `${record.name} has address ${record.data}\n`,
    );
    await process.print(texts.join(''));
    return 0;
  }
  await process.print(`Host ${name} not found: 3(NXDOMAIN)\n`);
  return 1;
}
