import { t } from '../../base/l10n.ts';
import { sameNamespace } from '../knownObjects.ts';
import type { Rule } from '../rule.ts';

/** Two objects of the same kind, name and namespace in one file: the second overwrites the first. */
export const duplicateObject: Rule = {
  code: 'duplicate-object',
  title: 'The same object twice in a file',
  severity: 'warning',
  check({ object, neighbours, report }) {
    const name = object.entryAt(['metadata', 'name']);
    if (name === undefined || object.name === '') return;
    const { self } = neighbours;
    const mine = object.rangeOf(name).start;
    const first = neighbours.named(object.kind, object.name).find((facts) => {
      if (facts === self || facts.place?.file !== object.file) return false;
      const { start } = facts.place.range;
      const before = start.line < mine.line || (start.line === mine.line && start.character < mine.character);
      return (
        before &&
        facts.apiVersion === object.apiVersion &&
        sameNamespace(facts.namespace, object.namespace) &&
        facts.namespace === object.namespace
      );
    });
    if (!first?.place) return;
    report(
      name.value,
      t('{0} {1} is in this file twice: the second one overwrites the first.', object.kind, object.name),
      {
        related: [{ at: first.place, message: t('The first one') }],
      },
    );
  },
};
