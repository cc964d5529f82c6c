import { t } from '../../base/l10n.ts';
import type { Path } from '../../manifest/node.ts';
import { parseQuantity } from '../quantity.ts';
import type { Rule } from '../rule.ts';

/** A field that differs from the live object, and that the server does not let change. */
export const immutableField: Rule = {
  code: 'immutable-field',
  title: 'A field that cannot change once the object exists',
  severity: 'error',
  kinds: ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'PersistentVolumeClaim'],
  check({ object, neighbours, report }) {
    const own = neighbours.self.fixed ?? {};
    // Objects of a cluster have no place in a file.
    const live = neighbours.named(object.kind, object.name).find((facts) => facts.place === undefined);
    const before = live?.fixed;
    if (before === undefined) return;
    for (const [field, value] of Object.entries(own)) {
      if (!(field in before)) continue;
      const path: Path = field === 'storage' ? ['spec', 'resources', 'requests', 'storage'] : ['spec', field];
      const at = object.entryAt(path)?.key;
      if (at === undefined) continue;
      if (field === 'storage') {
        if (shrinks(before[field], value))
          report(
            at,
            t('The claim has {0} already; a claim can grow, but not shrink.', String(before[field])),
          );
      } else if (canonical(before[field]) !== canonical(value)) {
        report(
          at,
          t(
            '{0} {1} exists with another {2}, which cannot be changed. Delete the object first, or give this one another name.',
            object.kind,
            object.name,
            field,
          ),
        );
      }
    }
  },
};

function shrinks(before: unknown, after: unknown): boolean {
  const [from, to] = [before, after].map((value) => parseQuantity(String(value)));
  return from !== undefined && to !== undefined && to < from;
}

/** A value as text, with the keys of maps in order and empty ones left out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(
    ([, inner]) => inner !== null && canonical(inner) !== '{}' && canonical(inner) !== '[]',
  );
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
