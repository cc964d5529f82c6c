import { t } from '../../base/l10n.ts';
import type { Node } from '../../manifest/node.ts';
import type { ObjectFacts } from '../../manifest/facts.ts';
import { replaceFix, scalarText } from '../edits.ts';
import { nearest } from '../nearest.ts';
import { booleanOf, filledText, mapOf, mapsOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

interface Reference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim';
  readonly name: Node;
  readonly keys: readonly Node[];
  readonly optional: boolean;
}

/** A ConfigMap, Secret or claim that a pod needs and that does not exist, or a key that is not in it. */
export const referenceMissing: Rule = {
  code: 'reference-missing',
  title: 'A ConfigMap, Secret, claim or key that does not exist',
  severity: 'warning',
  kinds: 'pods',
  check(context) {
    for (const reference of references(context)) checkReference(reference, context);
  },
};

function checkReference(
  { kind, name, keys, optional }: Reference,
  { neighbours, report }: RuleContext,
): void {
  const wanted = textOf(name);
  if (wanted === undefined || wanted === '' || optional) return;
  const found = neighbours.named(kind, wanted)[0];
  if (found) {
    for (const key of keys) checkKey(key, found, report);
    return;
  }
  if (!neighbours.isComplete(kind)) return;
  const all = neighbours.ofKind(kind);
  const meant = nearest(
    wanted,
    all.map((facts) => facts.name),
  );
  report(name, t('There is no {0} "{1}": the pod does not start without it.', kind, wanted), {
    fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), name, scalarText(meant))],
  });
}

function checkKey(key: Node, facts: ObjectFacts, report: RuleContext['report']): void {
  const wanted = textOf(key);
  const keys = facts.keys ?? [];
  if (wanted === undefined || wanted === '' || keys.includes(wanted)) return;
  const meant = nearest(wanted, keys);
  report(
    key,
    keys.length === 0
      ? t('{0} has no key "{1}".', `${facts.kind} ${facts.name}`, wanted)
      : t(
          '{0} has no key "{1}"; it has {2}.',
          `${facts.kind} ${facts.name}`,
          wanted,
          keys.slice(0, 5).join(', '),
        ),
    {
      fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), key, scalarText(meant), true)],
      related: facts.place ? [{ at: facts.place, message: `${facts.kind} ${facts.name}` }] : [],
    },
  );
}

function* references({ pod }: RuleContext): Generator<Reference> {
  if (pod === undefined) return;
  for (const volume of mapsOf(pod.spec.get('volumes'))) {
    yield* referenceOf('ConfigMap', volume.get('configMap'), 'name');
    yield* referenceOf('Secret', volume.get('secret'), 'secretName');
    yield* referenceOf('PersistentVolumeClaim', volume.get('persistentVolumeClaim'), 'claimName');
    for (const source of mapsOf(mapOf(volume.get('projected'))?.get('sources'))) {
      yield* referenceOf('ConfigMap', source.get('configMap'), 'name');
      yield* referenceOf('Secret', source.get('secret'), 'name');
    }
  }
  for (const { node } of pod.containers) {
    for (const variable of mapsOf(node.get('env'))) {
      const from = mapOf(variable.get('valueFrom'));
      yield* referenceOf('ConfigMap', from?.get('configMapKeyRef'), 'name');
      yield* referenceOf('Secret', from?.get('secretKeyRef'), 'name');
    }
    for (const source of mapsOf(node.get('envFrom'))) {
      yield* referenceOf('ConfigMap', source.get('configMapRef'), 'name');
      yield* referenceOf('Secret', source.get('secretRef'), 'name');
    }
  }
}

function* referenceOf(kind: Reference['kind'], node: Node | undefined, field: string): Generator<Reference> {
  const source = mapOf(node);
  const name = source?.get(field);
  if (source === undefined || name === undefined || filledText(name) === undefined) return;
  const keys = [source.get('key'), ...mapsOf(source.get('items')).map((item) => item.get('key'))];
  yield {
    kind,
    name,
    keys: keys.filter((key) => key !== undefined),
    optional: booleanOf(source.get('optional')) === true,
  };
}
