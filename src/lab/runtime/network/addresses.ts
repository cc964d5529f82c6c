import { BlockList, isIPv4, isIPv6 } from 'node:net';

export function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

export function familyOf(address: string): 4 | 6 {
  return isIPv6(address) ? 6 : 4;
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** Whether a CIDR block holds an address; a block that cannot be read holds none. */
export function blockContains(cidr: string, address: string): boolean {
  const [base = '', length = ''] = cidr.split('/');
  const bits = Number(length);
  if (!isAddress(base) || !isAddress(address) || familyOf(base) !== familyOf(address)) return false;
  if (length === '' || !Number.isInteger(bits) || bits < 0 || bits > (familyOf(base) === 4 ? 32 : 128))
    return false;
  if (familyOf(base) === 4)
    return bits === 0 || (ipv4Number(base) ^ ipv4Number(address)) >>> (32 - bits) === 0;
  const list = new BlockList();
  list.addSubnet(base, bits, 'ipv6');
  return list.check(address, 'ipv6');
}

/** An IPv4 address as the 32 bits that it is: making a BlockList for every packet is slow. */
function ipv4Number(address: string): number {
  return address.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0);
}

const insideTheLab = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '169.254.0.0/16',
];

/** Whether an address would lie in the internet, which the lab does not have. */
export function isOutside(address: string): boolean {
  return !isLoopback(address) && !insideTheLab.some((block) => blockContains(block, address));
}

/** Reads what the C library takes for an IPv4 address too: `127.1`, `0`, `0x7f000001`. */
export function parseNumericHost(text: string): string | undefined {
  if (isAddress(text)) return text;
  const bare = /^\[(.*)\]$/.exec(text)?.[1];
  if (bare !== undefined) return isIPv6(bare) ? bare : undefined;
  const parts = text.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(0x[0-9a-f]+|\d+)$/i.test(part))) return undefined;
  const numbers = parts.map((part) => (/^0\d/.test(part) ? parseInt(part, 8) : Number(part)));
  const last = numbers.pop() ?? 0;
  if (numbers.some((number) => !(number <= 255)) || !(last < 256 ** (4 - numbers.length))) return undefined;
  const value = numbers.reduce((sum, number, index) => sum + number * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
