import ipaddr from 'ipaddr.js';

/** Whether the address lies in the block; undefined where one of them is no address or block. */
export function blockHas(cidr: string, address: string): boolean | undefined {
  if (!ipaddr.isValidCIDR(cidr) || !ipaddr.isValid(address)) return undefined;
  const [network, bits] = ipaddr.parseCIDR(cidr);
  // Not process(): an IPv4-mapped IPv6 address is another address than its IPv4 one to a network policy.
  const parsed = ipaddr.parse(address);
  return parsed.kind() === network.kind() && parsed.match(network, bits);
}

/** Whether a block holds every address of its family. */
export function isWholeFamily(cidr: string): boolean {
  return ipaddr.isValidCIDR(cidr) && ipaddr.parseCIDR(cidr)[1] === 0;
}

/** The family of an address, by its form. */
export function familyOf(address: string): 'IPv4' | 'IPv6' {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

/** Whether the text is an IPv4 or IPv6 address, written in full. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}
