import { t } from '../base/l10n.ts';
import type { Problem } from './formats.ts';

/*
 * IP addresses and CIDR blocks as servers from 1.36 on take them (StrictIPCIDRValidation): no leading zeros,
 * no IPv4-mapped IPv6, no bits behind the prefix.
 */

/** An address as its bytes, 4 or 16 of them. */
export type Address = readonly number[];

export function parseIPv4(text: string): Address | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const parts = match.slice(1);
  if (parts.some((part) => part.length > 1 && part.startsWith('0'))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

export function parseIPv6(text: string): Address | undefined {
  if (!text.includes(':') || !/^[0-9A-Fa-f:.]+$/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = '', tail] = halves;
  const first = groups(head);
  const last = tail === undefined ? [] : groups(tail);
  if (first === undefined || last === undefined) return undefined;
  const missing = 16 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...first, ...Array.from({ length: missing }, () => 0), ...last];
}

/** The bytes of groups joined by colons; the last may be an IPv4 address. */
function groups(text: string): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? parseIPv4(part) : undefined;
    if (v4) bytes.push(...v4);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 255);
    } else return undefined;
  }
  return bytes;
}

export function parseAddress(text: string): Address | undefined {
  return parseIPv4(text) ?? parseIPv6(text);
}

function isMapped(address: Address): boolean {
  return (
    address.length === 16 &&
    address.slice(0, 10).every((b) => b === 0) &&
    address[10] === 255 &&
    address[11] === 255
  );
}

export function addressProblem(text: string): Problem {
  const address = parseAddress(text);
  if (address === undefined) {
    return /^\d+(?:\.\d+){3}$/.test(text) && /(?:^|\.)0\d/.test(text)
      ? t('has leading zeros, which are read differently by different programs')
      : t('is not an IP address');
  }
  return isMapped(address) ? t('is an IPv4-mapped IPv6 address; write it as IPv4') : undefined;
}

/** A block of addresses: its first one and the length of its prefix. */
export interface Block {
  readonly address: Address;
  readonly prefix: number;
}

export function parseBlock(text: string): Block | undefined {
  const slash = text.indexOf('/');
  if (slash === -1) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !/^(?:0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const prefix = Number(length);
  return prefix <= address.length * 8 ? { address, prefix } : undefined;
}

export function blockProblem(text: string): Problem {
  const block = parseBlock(text);
  if (block === undefined) return t('is not a CIDR block such as 10.9.8.0/24 or 2001:db8::/64');
  if (isMapped(block.address)) return t('is an IPv4-mapped IPv6 block; write it as IPv4');
  if (!sameBits(block.address, masked(block), block.address.length * 8)) {
    return t('has bits set behind its prefix; the block is {0}/{1}', format(masked(block)), block.prefix);
  }
  return undefined;
}

/** The block that a text with bits behind its prefix means, or a single address as a block. */
export function nearestBlock(text: string): string | undefined {
  const block = parseBlock(text);
  if (block) return `${format(masked(block))}/${block.prefix}`;
  const address = parseAddress(text);
  return address === undefined ? undefined : `${text}/${address.length * 8}`;
}

function masked({ address, prefix }: Block): Address {
  return address.map((byte, index) => {
    const bits = Math.max(0, Math.min(8, prefix - index * 8));
    return byte & (0xff00 >> bits) & 0xff;
  });
}

function sameBits(a: Address, b: Address, bits: number): boolean {
  return masked({ address: a, prefix: bits }).every(
    (byte, index) => byte === masked({ address: b, prefix: bits })[index],
  );
}

/** Whether `inner` lies in `outer` and is smaller. */
export function isStrictlyInside(inner: Block, outer: Block): boolean {
  return (
    inner.address.length === outer.address.length &&
    inner.prefix > outer.prefix &&
    sameBits(inner.address, outer.address, outer.prefix)
  );
}

/** An address in the form people write; IPv6 with its longest run of zeros left out. */
export function format(address: Address): string {
  if (address.length === 4) return address.join('.');
  const words = Array.from({ length: 8 }, (_, i) => ((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0));
  const text = words.map((word) => word.toString(16)).join(':');
  const runs = text.match(/(?:^|:)0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  const at = text.indexOf(longest);
  return `${text.slice(0, at)}::${text.slice(at + longest.length).replace(/^:/, '')}`;
}

/** What makes an address useless as one that others reach: loopback, link-local, unspecified, multicast. */
export function specialAddressProblem(text: string): Problem {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  const [a = 0, b = 0] = address;
  if (address.every((byte) => byte === 0)) return t('is the unspecified address');
  if (address.length === 4) {
    if (a === 127) return t('is in the loopback range');
    if (a === 169 && b === 254) return t('is a link-local address');
    if (a === 224 && b === 0 && address[2] === 0) return t('is a link-local multicast address');
    return undefined;
  }
  if (address.slice(0, 15).every((byte) => byte === 0) && address[15] === 1)
    return t('is the loopback address');
  if (a === 0xfe && (b & 0xc0) === 0x80) return t('is a link-local address');
  if (a === 0xff && (b & 0x0f) === 0x02) return t('is a link-local multicast address');
  return undefined;
}
