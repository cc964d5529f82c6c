import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { filledText, firstOf, isSet, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { itemPathProblem } from './paths.ts';

/** The items of ConfigMaps, Secrets and the downward API in a volume: key and path, and paths that stay inside. */
export const volumeItems: Rule = {
  code: 'volume-items',
  title: 'An item of a volume without key or path, or with a path that leaves the volume',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    for (const volume of mapsOf(context.pod?.spec.get('volumes'))) {
      checkSources(volume, context);
      for (const source of mapsOf(mapOf(volume.get('projected'))?.get('sources')))
        checkSources(source, context);
    }
  },
};

function checkSources(holder: MapNode, { report }: RuleContext): void {
  for (const kind of ['configMap', 'secret', 'downwardAPI']) {
    for (const item of mapsOf(mapOf(holder.get(kind))?.get('items'))) {
      if (kind !== 'downwardAPI') required(item, 'key', report);
      required(item, 'path', report);
      checkPath(item, report);
      if (kind === 'downwardAPI') {
        const written = ['fieldRef', 'resourceFieldRef'].filter((key) => isSet(item.get(key)));
        if (written.length !== 1)
          report(firstOf(item), t('An item of the downward API has one of fieldRef and resourceFieldRef.'));
      }
    }
  }
  for (const kind of ['serviceAccountToken', 'clusterTrustBundle']) {
    const source = mapOf(holder.get(kind));
    if (source) checkPath(source, report);
  }
}

function required(item: MapNode, key: string, report: RuleContext['report']): void {
  const node = item.get(key);
  if (isSet(node) && textOf(node) !== '') return;
  report(
    item.entry(key)?.key ?? firstOf(item),
    key === 'key'
      ? t('This item has no key. It names an entry of the data.')
      : t('This item has no {0}. It says under which name the file appears in the volume.', key),
  );
}

function checkPath(item: MapNode, report: RuleContext['report']): void {
  const path = filledText(item.get('path'));
  const problem = path === undefined ? undefined : itemPathProblem(path);
  if (problem !== undefined) report(placeOf(item, 'path'), t('The path "{0}" {1}.', path ?? '', problem));
}
