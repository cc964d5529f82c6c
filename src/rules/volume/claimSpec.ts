import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { insertFix } from '../edits.ts';
import { subdomainProblem } from '../formats.ts';
import { parseQuantity } from '../quantity.ts';
import {
  entriesOf,
  filledText,
  firstOf,
  isFilled,
  isSet,
  itemsOf,
  keyPlace,
  mapOf,
  mapsOf,
  placeOf,
  textOf,
} from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** A claim: how it is used, and how much it asks for. */
export const claimSpec: Rule = {
  code: 'claim-spec',
  title: 'A claim without access modes or size, or with a wrong one',
  severity: 'error',
  check(context) {
    const { object, pod } = context;
    if (object.kind === 'PersistentVolumeClaim') {
      const spec = mapOf(object.at(['spec']));
      if (spec) checkClaim(spec, context);
      else if (!isSet(object.at(['spec'])))
        context.report(
          object.entryAt(['spec'])?.key ?? object.entryAt(['kind']) ?? object.root,
          t('The claim has no spec: add accessModes and resources.requests.storage.'),
        );
    }
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      const metadata = mapOf(
        mapOf(mapOf(volume.get('ephemeral'))?.get('volumeClaimTemplate'))?.get('metadata'),
      );
      for (const entry of entriesOf(metadata)) {
        if (entry.key.value !== 'labels' && entry.key.value !== 'annotations' && isFilled(entry.value)) {
          context.report(
            entry.key,
            t('The template of an ephemeral claim has labels and annotations only, no {0}.', entry.key.value),
          );
        }
      }
    }
    const templates = [
      ...(object.kind === 'StatefulSet' ? mapsOf(object.at(['spec', 'volumeClaimTemplates'])) : []),
      ...mapsOf(pod?.spec.get('volumes')).flatMap(
        (volume) => mapOf(mapOf(volume.get('ephemeral'))?.get('volumeClaimTemplate')) ?? [],
      ),
    ];
    for (const template of templates) {
      const spec = mapOf(template.get('spec'));
      if (spec) checkClaim(spec, context);
      else if (!isSet(template.get('spec')))
        context.report(firstOf(template), t('This claim template has no spec.'));
    }
  },
};

function checkClaim(spec: MapNode, { text, report }: RuleContext): void {
  checkModes(spec, report, text);
  const resources = spec.get('resources');
  const requests = mapOf(resources)?.get('requests');
  const storage = mapOf(requests)?.entry('storage');
  if (storage === undefined || !isSet(storage.value)) {
    const readable =
      (!isSet(resources) || resources.type === 'map') && (!isSet(requests) || requests.type === 'map');
    const fixes = spec.has('resources')
      ? []
      : insertFix(
          t('Add resources.requests.storage: 1Gi'),
          spec,
          'resources:\n  requests:\n    storage: 1Gi',
          text,
        );
    if (readable)
      report(
        mapOf(resources)?.entry('requests')?.key ?? spec.entry('resources')?.key ?? firstOf(spec),
        t('The claim does not say how much it needs: add resources.requests.storage.'),
        { fixes },
      );
  } else if (storage.value.type === 'scalar') {
    const size = parseQuantity(storage.value.text);
    if (size !== undefined && size <= 0n) report(storage.value, t('A claim must ask for more than 0.'));
  }
  for (const key of ['dataSource', 'dataSourceRef']) {
    const source = mapOf(spec.get(key));
    const kind = filledText(source?.get('kind'));
    if (source && kind !== undefined && kind !== 'PersistentVolumeClaim' && !isFilled(source.get('apiGroup')))
      report(placeOf(source, 'kind'), t('A {0} of kind {1} needs its apiGroup.', key, kind));
    const group = filledText(source?.get('apiGroup'));
    const wrong = group === undefined ? undefined : subdomainProblem(group);
    if (source && wrong !== undefined)
      report(placeOf(source, 'apiGroup'), t('apiGroup "{0}" {1}.', group ?? '', wrong));
  }
  checkSources(spec, report);
  for (const key of ['storageClassName', 'volumeAttributesClassName']) {
    const name = filledText(spec.get(key));
    const problem = name === undefined ? undefined : subdomainProblem(name);
    if (problem !== undefined) report(placeOf(spec, key), `${key} "${name ?? ''}" ${problem}.`);
  }
}

/** dataSource is the older name of dataSourceRef: both say the same, and it knows no namespace. */
function checkSources(spec: MapNode, report: RuleContext['report']): void {
  const [older, newer] = [mapOf(spec.get('dataSource')), mapOf(spec.get('dataSourceRef'))];
  if (older === undefined || newer === undefined) return;
  if (filledText(newer.get('namespace')) !== undefined)
    report(
      keyPlace(spec, 'dataSource'),
      t('Beside a dataSourceRef with a namespace there is no dataSource.'),
    );
  else if (['apiGroup', 'kind', 'name'].some((key) => textOf(older.get(key)) !== textOf(newer.get(key))))
    report(keyPlace(spec, 'dataSource'), t('dataSource and dataSourceRef must say the same.'));
}

/** The access modes of a claim or a volume. */
export function checkModes(spec: MapNode, report: RuleContext['report'], text: string): void {
  const node = spec.get('accessModes');
  if (!isFilled(node)) {
    const fixes = spec.has('accessModes')
      ? []
      : insertFix(t('Add accessModes: [ReadWriteOnce]'), spec, 'accessModes: [ReadWriteOnce]', text);
    report(
      keyPlace(spec, 'accessModes'),
      t('accessModes are missing: ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod.'),
      { fixes },
    );
    return;
  }
  const modes = itemsOf(node).map((item) => textOf(item));
  const others = modes.filter((mode) => mode !== 'ReadWriteOncePod');
  if (modes.includes('ReadWriteOncePod') && others.length > 0) {
    report(
      keyPlace(spec, 'accessModes'),
      t('ReadWriteOncePod means one pod only: it cannot stand beside other access modes.'),
    );
  }
}
