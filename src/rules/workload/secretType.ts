import { t } from '../../base/l10n.ts';
import { entriesOf, filledText, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

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
  check({ object, report }) {
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
