import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { replaceFix } from '../edits.ts';
import { isSet, keyPlace, mapOf, mapsOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** The field of each source that names what it shows. */
const names: Readonly<Record<string, string>> = {
  secret: 'secretName',
  configMap: 'name',
  persistentVolumeClaim: 'claimName',
};

/** A volume of a Secret, ConfigMap or claim that does not say which. */
export const volumeReference: Rule = {
  code: 'volume-reference',
  title: 'A volume does not name its Secret, ConfigMap or claim',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    for (const volume of mapsOf(context.pod?.spec.get('volumes'))) {
      for (const [kind, field] of Object.entries(names)) checkName(volume, kind, field, context);
      for (const source of mapsOf(mapOf(volume.get('projected'))?.get('sources'))) {
        checkName(source, 'secret', 'name', context);
        checkName(source, 'configMap', 'name', context);
      }
      const ephemeral = mapOf(volume.get('ephemeral'));
      if (ephemeral && !isSet(ephemeral.get('volumeClaimTemplate')))
        context.report(keyPlace(volume, 'ephemeral'), t('This ephemeral volume has no volumeClaimTemplate.'));
      const image = mapOf(volume.get('image'));
      if (image && !isSet(image.get('reference')) && context.pod?.isPod === true)
        context.report(
          keyPlace(volume, 'image'),
          t('This image volume has no reference: the image to show.'),
        );
    }
  },
};

function checkName(holder: MapNode, kind: string, field: string, { report }: RuleContext): void {
  const source = mapOf(holder.get(kind));
  if (source === undefined) return;
  const node = source.get(field);
  if (isSet(node) && textOf(node) !== '') return;
  const other = source.entry(
    field === 'secretName' ? 'name' : field === 'claimName' ? 'name' : `${kind}Name`,
  );
  report(
    source.entry(field)?.key ?? keyPlace(holder, kind),
    t('This {0} volume does not say which one. Add "{1}:".', kind, field),
    {
      fixes: other ? [replaceFix(t('Rename {0} to {1}', other.key.value, field), other.key, field)] : [],
    },
  );
}
