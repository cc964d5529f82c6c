/** Formats of names, ports, labels and addresses, with the texts of apimachinery's `validation` package. */
import { isIP } from 'node:net';

/** What is wrong with a value: no texts means nothing. */
export type Check = (value: string) => string[];

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const qualified = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

function matches(pattern: string, value: string): boolean {
  return new RegExp(`^${pattern}$`).test(value);
}

function tooLong(value: string, maximum: number): string[] {
  return value.length > maximum ? [`must be no more than ${maximum} characters`] : [];
}

const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with " +
  `an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`;
const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  `end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;

export const dnsLabel: Check = (value) => {
  const errors = tooLong(value, 63);
  if (matches(label, value)) return errors;
  return [...errors, matches(subdomain, value) ? 'must not contain dots' : labelText];
};

export const dnsSubdomain: Check = (value) => [
  ...tooLong(value, 253),
  ...(matches(subdomain, value) ? [] : [subdomainText]),
];

export const wildcardSubdomain: Check = (value) => {
  const pattern = `\\*\\.${subdomain}`;
  if (matches(pattern, value)) return tooLong(value, 253);
  return [
    ...tooLong(value, 253),
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of " +
      "lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', " +
      `regex used for validation is '${pattern}')`,
  ];
};

/** IANA service names: names of container ports and named target ports. */
export const portName: Check = (value) => {
  const errors = tooLong(value, 15);
  if (!/^[-a-z0-9]+$/.test(value)) {
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)');
  if (value.includes('--')) errors.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
};

/** What is wrong with a port number. */
export function portNumber(value: number): string[] {
  return value >= 1 && value <= 65535 ? [] : ['must be between 1 and 65535, inclusive'];
}

const qualifiedText =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualified}'`;

/** Keys of labels and annotations, appProtocol: an optional domain and a name. */
export const qualifiedName: Check = (value) => {
  const parts = value.split('/');
  if (parts.length > 2) {
    return [
      `a qualified name ${qualifiedText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName'))`,
    ];
  }
  const [prefix, name = ''] = parts.length === 2 ? parts : [undefined, value];
  const errors: string[] = [];
  if (prefix === '') errors.push('prefix part must be non-empty');
  else if (prefix !== undefined) errors.push(...dnsSubdomain(prefix).map((text) => `prefix part ${text}`));
  if (name === '') errors.push('name part must be non-empty');
  else errors.push(...tooLong(name, 63).map((text) => `name part ${text}`));
  if (!matches(qualified, name)) errors.push(`name part ${qualifiedText})`);
  return errors;
};

export const labelValue: Check = (value) => [
  ...tooLong(value, 63),
  ...(value === '' || matches(qualified, value)
    ? []
    : [
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start " +
          "and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for " +
          `validation is '(${qualified})?')`,
      ]),
];

/** Keys of ConfigMaps and Secrets. */
export const configKey: Check = (value) => {
  const errors = tooLong(value, 253);
  if (!/^[-._a-zA-Z0-9]+$/.test(value)) {
    errors.push(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  " +
        "or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    );
  }
  if (value === '.' || value === '..') errors.push(`must not be '${value}'`);
  else if (value.startsWith('..')) errors.push("must not start with '..'");
  return errors;
};

export const ipAddress: Check = (value) =>
  isIP(value) !== 0 && !/^0\d|\.0\d/.test(value)
    ? []
    : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];

/** An IPv4 or IPv6 address as one number, for comparing prefixes; the address must be valid. */
function addressBits(address: string): { value: bigint; bits: number } {
  if (isIP(address) === 4) {
    const value = address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    return { value, bits: 32 };
  }
  const [head = '', tail] = address.split('::');
  const words = (text: string | undefined): string[] => (text ? text.split(':') : []);
  const before = words(head);
  const after = tail === undefined ? [] : words(tail);
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  const value = [...before, ...zeros, ...after].reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n);
  return { value, bits: 128 };
}

export interface Block {
  value: bigint;
  bits: number;
  prefix: number;
}

/** The block of a CIDR, or undefined where it is none. */
export function parseCidr(text: string): Block | undefined {
  const [address = '', prefixText = '', ...more] = text.split('/');
  if (more.length > 0 || ipAddress(address).length > 0 || !/^\d{1,3}$/.test(prefixText)) return undefined;
  // Addresses with an embedded IPv4 part are not worth the code here.
  if (isIP(address) === 6 && address.includes('.')) return undefined;
  const { value, bits } = addressBits(address);
  const prefix = Number(prefixText);
  return prefix <= bits ? { value, bits, prefix } : undefined;
}

export const cidr: Check = (value) => {
  const block = parseCidr(value);
  if (!block) return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
  const hostBits = BigInt(block.bits - block.prefix);
  return (block.value >> hostBits) << hostBits === block.value
    ? []
    : ['must not have bits set beyond the prefix length'];
};

/** True where `inner` lies in `outer` and is smaller. */
export function isStrictSubset(inner: Block, outer: Block): boolean {
  if (inner.bits !== outer.bits || inner.prefix <= outer.prefix) return false;
  const hostBits = BigInt(outer.bits - outer.prefix);
  return inner.value >> hostBits === outer.value >> hostBits;
}
