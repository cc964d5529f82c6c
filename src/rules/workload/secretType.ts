import { t } from '../../base/l10n.ts';
import { entriesOf, filledText, isPlaceholder, mapOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** The keys that a Secret of each type must have: one group of them in full. */
const required: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'kubernetes.io/tls': [['tls.crt', 'tls.key']],
  'kubernetes.io/ssh-auth': [['ssh-privatekey']],
  'kubernetes.io/basic-auth': [['username'], ['password']],
  'kubernetes.io/dockerconfigjson': [['.dockerconfigjson']],
  'kubernetes.io/dockercfg': [['.dockercfg']],
};

/** A Secret of a type that promises certain keys, without them. */
export const secretType: Rule = {
  code: 'secret-type',
  title: 'A Secret lacks the keys that its type promises',
  severity: 'error',
  kinds: ['Secret'],
  check(context) {
    const { object, report } = context;
    const type = filledText(object.at(['type']));
    if (type === undefined) return;
    const keys = new Set(
      ['data', 'stringData'].flatMap((list) => entriesOf(object.at([list])).map((entry) => entry.key.value)),
    );
    const groups = required[type];
    if (groups && !groups.some((group) => group.every((key) => keys.has(key)))) {
      report(
        placeOf(object.root, 'type'),
        t(
          'A Secret of type {0} has {1}.',
          type,
          groups.map((group) => group.join(t(' and '))).join(t(' or ')),
        ),
      );
    }
    checkContent(type, context);
    const account = filledText(
      mapOf(object.at(['metadata', 'annotations']))?.get('kubernetes.io/service-account.name'),
    );
    if (type === 'kubernetes.io/service-account-token' && account === undefined) {
      report(
        placeOf(object.root, 'type'),
        t('A token Secret names its service account in the annotation kubernetes.io/service-account.name.'),
      );
    }
  },
};

/** What is in the keys: JSON for registries, a key that is not empty for SSH. Placeholders in quotes count as text. */
function checkContent(type: string, { object, report }: RuleContext): void {
  if (type === 'kubernetes.io/tls') checkCertificate(object, report);
  const key = {
    'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
    'kubernetes.io/dockercfg': '.dockercfg',
  }[type];
  const ssh = type === 'kubernetes.io/ssh-auth' ? 'ssh-privatekey' : undefined;
  const plain = mapOf(object.at(['stringData']))?.get(key ?? ssh ?? '');
  const node = plain ?? mapOf(object.at(['data']))?.get(key ?? ssh ?? '');
  const written = textOf(node);
  if (node === undefined || written === undefined || isPlaceholder(node)) return;
  if (ssh !== undefined && written === '') report(node, t('The private key is empty.'));
  if (key === undefined) return;
  const text = plain === undefined ? decoded(written) : written;
  if (text !== undefined && !isJsonObject(text)) report(node, t('{0} must be JSON.', key));
}

/** Undefined for what is no base64, which is said elsewhere. */
function decoded(text: string): string | undefined {
  const joined = text.replace(/\s/g, '');
  if (joined.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(joined)) return undefined;
  return new TextDecoder().decode(Uint8Array.from(atob(joined), (letter) => letter.charCodeAt(0)));
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || (typeof value === 'object' && !Array.isArray(value));
  } catch {
    return false;
  }
}

/** The server takes any text for a certificate, and warns where it cannot be read. */
function checkCertificate(object: RuleContext['object'], report: RuleContext['report']): void {
  for (const [key, start] of [
    ['tls.crt', '-----BEGIN CERTIFICATE-----'],
    ['tls.key', '-----BEGIN '],
  ] as const) {
    const plain = mapOf(object.at(['stringData']))?.get(key);
    const node = plain ?? mapOf(object.at(['data']))?.get(key);
    const written = textOf(node);
    if (node === undefined || written === undefined || isPlaceholder(node)) continue;
    const text = plain === undefined ? decoded(written) : written;
    if (text?.includes(start) === false)
      report(node, t('{0} is not in PEM: it has no "{1}".', key, start), { severity: 'warning' });
  }
}
