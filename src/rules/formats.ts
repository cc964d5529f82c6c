import { t } from '../base/l10n.ts';

/*
 * The formats of names and values that the API server checks (apimachinery/pkg/util/validation). Each function
 * answers what is wrong, as the end of a sentence that begins with the value, or undefined when all is well.
 */

export type Problem = string | undefined;

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const dns1035Label = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedPart = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** The number of bytes, which is what the server counts. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function tooLong(text: string, limit: number): Problem {
  return byteLength(text) > limit ? t('is longer than {0} characters', limit) : undefined;
}

/** A DNS-1123 label: a–z, 0–9 and inner hyphens, up to 63 characters. */
export function dnsLabelProblem(text: string): Problem {
  if (dnsLabel.test(text)) return tooLong(text, 63);
  return t('is not a DNS label: only a–z, 0–9 and "-" are allowed, with a letter or digit at both ends');
}

/** A DNS-1035 label: like DNS-1123, but it starts with a letter. */
export function dns1035LabelProblem(text: string): Problem {
  if (dns1035Label.test(text)) return tooLong(text, 63);
  return t(
    'is not a DNS-1035 label: only a–z, 0–9 and "-" are allowed, with a letter at the start and a letter or digit at the end',
  );
}

/** A DNS-1123 subdomain: labels joined by dots, up to 253 characters. */
export function subdomainProblem(text: string): Problem {
  if (subdomain.test(text)) return tooLong(text, 253);
  return t(
    'is not a DNS name: only a–z, 0–9, "-" and "." are allowed, with a letter or digit at the start and end of each part',
  );
}

/** As {@link subdomainProblem}, underscores allowed: the search path of a pod's DNS. */
export function relaxedSubdomainProblem(text: string): Problem {
  return subdomainProblem(text.replaceAll('_', 'a'));
}

/** `*.` and a DNS name. */
export function wildcardProblem(text: string): Problem {
  if (!text.startsWith('*.')) return t('may have "*" only as its first part, as in "*.example.com"');
  return subdomainProblem(text.slice(2));
}

/** A name as labels and annotations have: an optional DNS prefix and "/", then up to 63 characters. */
export function qualifiedNameProblem(text: string): Problem {
  const parts = text.split('/');
  if (parts.length > 2) return t('has more than one "/"');
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  if (prefix !== undefined) {
    if (prefix === '') return t('has nothing before the "/"');
    if (subdomainProblem(prefix) !== undefined)
      return t('has a prefix ("{0}") that is not a DNS name', prefix);
  }
  if (name === '') return prefix === undefined ? t('is empty') : t('has nothing behind the "/"');
  if (name.length > 63) return t('is longer than 63 characters');
  if (qualifiedPart.test(name)) return undefined;
  return t('may hold only letters, digits, "-", "_" and ".", with a letter or digit at both ends');
}

export function labelValueProblem(text: string): Problem {
  if (text === '') return undefined;
  if (byteLength(text) > 63) return t('is longer than 63 characters');
  if (qualifiedPart.test(text)) return undefined;
  return t('may hold only letters, digits, "-", "_" and ".", with a letter or digit at both ends');
}

/** A port's name: an IANA service name (RFC 6335). */
export function portNameProblem(text: string): Problem {
  if (text.length > 15) return t('is longer than 15 characters');
  if (!/^[-a-z0-9]+$/.test(text)) return t('may hold only a–z, 0–9 and "-"');
  if (!/[a-z]/.test(text)) return t('needs at least one letter');
  if (text.includes('--')) return t('may not have two hyphens in a row');
  if (text.startsWith('-') || text.endsWith('-')) return t('may not start or end with a hyphen');
  return undefined;
}

export function isPortNumber(value: number): boolean {
  return value >= 1 && value <= 65_535;
}

/** A port as a number or a name. */
export function portProblem(value: number | string): Problem {
  if (typeof value === 'string') return portNameProblem(value);
  return isPortNumber(value) ? undefined : t('is not a port: ports go from 1 to 65535');
}

/** A key of a ConfigMap or Secret. */
export function dataKeyProblem(text: string): Problem {
  if (byteLength(text) > 253) return t('is longer than 253 characters');
  if (text === '.' || text === '..') return t('is a name that file systems reserve');
  if (text.startsWith('..')) return t('may not start with ".."');
  return /^[-._a-zA-Z0-9]+$/.test(text) ? undefined : t('may hold only letters, digits, "-", "_" and "."');
}

/** A variable's name, as servers from 1.34 on take it: printable ASCII without "=". */
export function environmentNameProblem(text: string): Problem {
  return /^[ -<>-~]+$/.test(text) ? undefined : t('may hold only printable ASCII characters other than "="');
}

export function headerNameProblem(text: string): Problem {
  return /^[-A-Za-z0-9]+$/.test(text) ? undefined : t('may hold only letters, digits and "-"');
}

/** The nearest DNS label to a text, for fixes; undefined when nothing of it is left. */
export function asDnsLabel(text: string, limit = 63): string | undefined {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, limit)
    .replace(/^-+|-+$/g, '');
  return label === '' ? undefined : label;
}

/** The nearest DNS subdomain to a text. */
export function asSubdomain(text: string): string | undefined {
  const parts = text.split('.').flatMap((part) => asDnsLabel(part, 253) ?? []);
  return parts.length === 0
    ? undefined
    : parts
        .join('.')
        .slice(0, 253)
        .replace(/[-.]+$/, '');
}

/** The nearest port name to a text; undefined when no letter is left. */
export function asPortName(text: string): string | undefined {
  const name = asDnsLabel(text, 15);
  return name !== undefined && portNameProblem(name) === undefined ? name : undefined;
}
