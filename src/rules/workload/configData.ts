import { t } from '../../base/l10n.ts';
import { booleanOf, entriesOf, textOf } from '../read.ts';
import { byteLength, dataKeyProblem } from '../formats.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import type { Rule } from '../rule.ts';

/** The keys of a ConfigMap or Secret: names of files. */
export const configData: Rule = {
  code: 'config-data',
  title: 'A key of a ConfigMap or Secret that is not allowed, or there twice',
  severity: 'error',
  kinds: ['ConfigMap', 'Secret'],
  check({ object, report }) {
    const seen = new Set<string>();
    // A Secret's stringData overwrites its data.
    const lists = object.kind === 'ConfigMap' ? ['data', 'binaryData'] : ['data', 'stringData'];
    for (const list of lists) {
      for (const { key } of entriesOf(object.at([list]))) {
        const problem = dataKeyProblem(key.value);
        if (problem !== undefined) report(key, t('The key "{0}" {1}.', key.value, problem));
        if (object.kind === 'ConfigMap' && seen.has(key.value))
          report(key, t('"{0}" is in data and in binaryData.', key.value));
        seen.add(key.value);
      }
    }
    if (sizeOf(object) > largest)
      report(object.entryAt(['data'])?.key ?? object.root, t('The data are larger than 1 MiB together.'));
    const immutable = object.at(['immutable']);
    if (booleanOf(immutable) === true && object.kind === 'ConfigMap' && seen.size === 0) {
      report(
        object.entryAt(['immutable'])?.key ?? object.root,
        t('An immutable ConfigMap without data can never get any.'),
        { severity: 'hint' },
      );
    }
  },
};

/** core.MaxSecretSize, in bytes: for config maps and secrets. */
const largest = 1024 * 1024;

/** The bytes of all values, base64 taken off; of stringData over data, the former. */
function sizeOf(object: ManifestObject): number {
  const sizes = new Map<string, number>();
  const encoded = object.kind === 'Secret' ? 'data' : 'binaryData';
  for (const list of ['data', 'binaryData', 'stringData']) {
    for (const { key, value } of entriesOf(object.at([list]))) {
      const text = textOf(value) ?? '';
      const size =
        list === encoded ? Math.floor((text.replace(/[\s=]/g, '').length * 3) / 4) : byteLength(text);
      sizes.set(key.value, size);
    }
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
