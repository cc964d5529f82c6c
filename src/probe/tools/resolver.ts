import { t } from '../../base/l10n.ts';
import type { Lookup } from '../check.ts';
import { decidingLine, reading, type Finished, type Probe, type Reading } from '../reading.ts';
import type { Reason } from '../reason.ts';
import { timeIsUp } from './endings.ts';

/*
 * What the source's own resolver makes of a name: getent first, which asks as the C library does and so as every
 * program there, and nslookup where getent is missing or cannot say why not. Lines out:
 *   KD|conf|a line of /etc/resolv.conf
 *   KD|begin|tool|exit code, what it said, KD|end
 *   KDEND
 */
const script = [
  'export LC_ALL=C',
  'limited() { if command -v timeout >/dev/null 2>&1; then timeout "$@"; else shift; "$@"; fi; }',
  `tell() { said=$(limited "$seconds" "$@" 2>&1 </dev/null); code=$?; printf 'KD|begin|%s|%s\\n%s\\nKD|end\\n' "$1" "$code" "$said"; return "$code"; }`,
  'name=$1 seconds=$2 found=',
  `while IFS= read -r line || [ -n "$line" ]; do printf 'KD|conf|%s\\n' "$line"; done </etc/resolv.conf`,
  'command -v getent >/dev/null 2>&1 && tell getent ahosts "$name" && found=1',
  '[ -z "$found" ] && command -v nslookup >/dev/null 2>&1 && tell nslookup "$name"',
  `printf 'KDEND\\n'`,
  // One line: as it stands in a report it can be run again.
].join('; ');

/** Looks a name up as the source does. Reads what getent and nslookup (bind's and BusyBox') print. */
export const resolver: Probe = {
  tool: 'resolver',
  programs: ['sh'],
  // Two tools may each take their time.
  command: ({ host }, { total }) => [
    'sh',
    '-c',
    script,
    'sh',
    host,
    String(Math.max(1, Math.floor(total / 2))),
  ],
  read: (finished, target) => read(finished, target.host),
};

interface Said {
  readonly tool: string;
  readonly exitCode: number;
  readonly text: string;
}

interface Found {
  readonly addresses: readonly string[];
  readonly resolvedAs: string | null;
}

function read(finished: Finished, name: string): Reading {
  const { stdout } = finished;
  if (!/^KDEND$/m.test(stdout)) {
    const lost = `${stdout}${finished.stderr}`.trim() === '' ? 'no-output' : 'tool-failed';
    return reading('resolver', lost, decidingLine(finished.stderr || stdout));
  }
  const said = [...stdout.matchAll(/^KD\|begin\|(\w+)\|(\d{1,3})\n([^]*?)\n?KD\|end$/gm)].map(
    ([, tool = '', code, text = '']): Said => ({ tool, exitCode: Number(code), text }),
  );
  const configured = configurationOf(stdout, name);
  const found = said.map(foundBy).find(({ addresses }) => addresses.length > 0);
  const lookup: Lookup = { ...configured, ...(found ?? { addresses: [], resolvedAs: null }) };
  if (found !== undefined) {
    const as = found.resolvedAs !== null && found.resolvedAs !== name ? ` (${found.resolvedAs})` : '';
    return {
      ...reading('resolver', 'name-resolved', `${found.addresses.join(', ')}${as}`, {
        remoteIp: found.addresses[0] ?? null,
      }),
      lookup,
    };
  }
  if (said.length === 0) return { ...reading('none', 'no-resolver', ''), lookup };
  const { reason, detail } = whyNot(said);
  return { ...reading('resolver', reason, detail), lookup };
}

/** What /etc/resolv.conf says, and what its search list makes of the name (resolv.conf(5): `search`, `ndots`). */
function configurationOf(stdout: string, name: string): Omit<Lookup, 'addresses' | 'resolvedAs'> {
  const lines = [...stdout.matchAll(/^KD\|conf\|(.*)$/gm)].map(([, line = '']) => line.trim().split(/\s+/));
  const all = (keyword: string): readonly string[] =>
    lines.filter(([first]) => first === keyword).flatMap(([, ...values]) => values);
  const search = lines.findLast(([first]) => first === 'search' || first === 'domain')?.slice(1) ?? [];
  const ndots = Number(
    /^ndots:(\d{1,2})$/.exec(all('options').findLast((word) => word.startsWith('ndots:')) ?? '')?.[1] ?? 1,
  );
  return { name, resolvers: all('nameserver'), search, ndots, expansions: expansionsOf(name, search, ndots) };
}

function expansionsOf(name: string, search: readonly string[], ndots: number): readonly string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const completed = search.map((domain) => `${name}.${domain}`);
  return dots >= ndots ? [name, ...completed] : [...completed, name];
}

function foundBy({ tool, exitCode, text }: Said): Found {
  if (tool === 'getent') {
    const rows = exitCode === 0 ? text.split('\n').map((line) => line.trim().split(/\s+/)) : [];
    const addresses = rows.map(([address = '']) => address).filter(isAddress);
    return { addresses: [...new Set(addresses)], resolvedAs: rows[0]?.[2] ?? null };
  }
  // The first "Address" is the name server's own.
  const answer = text.slice(Math.max(0, text.search(/^(?:Non-authoritative answer:|Name:)/m)));
  if (!/^Name:/m.test(answer)) return { addresses: [], resolvedAs: null };
  const addresses = [...answer.matchAll(/^Address(?: \d+)?:\s*([\da-fA-F:.]+)/gm)].map(([, ip = '']) => ip);
  return { addresses: [...new Set(addresses)], resolvedAs: /^Name:\s*(\S+)/m.exec(answer)?.[1] ?? null };
}

function isAddress(text: string): boolean {
  return /^[\da-fA-F.:]+$/.test(text) && /[.:]/.test(text);
}

/** The reason as the tool that says most tells it: nslookup tells an unknown name from a server that fails. */
function whyNot(said: readonly Said[]): { readonly reason: Reason; readonly detail: string } {
  const nslookup = said.find(({ tool }) => tool === 'nslookup');
  if (nslookup !== undefined) {
    const { text } = nslookup;
    const detail = decidingLine(text, /can't find|timed out|no servers|refused|No answer|bad address/i);
    if (/timed out|no servers could be reached|Connection refused/i.test(text)) {
      return { reason: 'name-timeout', detail };
    }
    if (/SERVFAIL|REFUSED/.test(text)) return { reason: 'name-server-failed', detail };
    if (/NXDOMAIN|No answer|can't find/i.test(text)) return { reason: 'name-unknown', detail };
  }
  const last = said.at(-1) ?? { tool: '', exitCode: 0, text: '' };
  if (timeIsUp({ exitCode: last.exitCode, stdout: '', stderr: '' })) {
    return { reason: 'name-timeout', detail: t('{0} took too long', last.tool) };
  }
  if (last.tool === 'getent' && last.exitCode === 2) {
    return { reason: 'name-not-resolved', detail: t('getent ended with 2: no address') };
  }
  return { reason: 'tool-failed', detail: decidingLine(last.text) };
}
