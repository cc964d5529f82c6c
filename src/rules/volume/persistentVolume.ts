import { t } from '../../base/l10n.ts';
import { notVolumeSources } from '../../model/storage.ts';
import { subdomainProblem } from '../formats.ts';
import { parseQuantity } from '../quantity.ts';
import { entriesOf, filledText, firstOf, isSet, keyPlace, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { checkModes } from './claimSpec.ts';

/** A PersistentVolume: a capacity, access modes and one source. */
export const persistentVolume: Rule = {
  code: 'persistent-volume',
  title: 'A PersistentVolume without capacity, access modes or source',
  severity: 'error',
  kinds: ['PersistentVolume'],
  check({ object, text, report }) {
    const spec = mapOf(object.at(['spec']));
    if (spec === undefined) {
      if (!isSet(object.at(['spec'])))
        report(
          object.entryAt(['spec'])?.key ?? object.entryAt(['kind']) ?? object.root,
          t('The PersistentVolume has no spec.'),
        );
      return;
    }
    checkModes(spec, report, text);
    const capacity = entriesOf(spec.get('capacity'));
    if (
      !capacity.some((entry) => entry.key.value === 'storage') &&
      (!isSet(spec.get('capacity')) || mapOf(spec.get('capacity')))
    ) {
      report(
        keyPlace(spec, 'capacity'),
        t('The PersistentVolume does not say how large it is: add capacity.storage.'),
      );
    }
    for (const entry of capacity) {
      if (entry.key.value !== 'storage')
        report(
          entry.key,
          t('A PersistentVolume has a capacity of storage only, not of {0}.', entry.key.value),
        );
      const size = entry.value.type === 'scalar' ? parseQuantity(entry.value.text) : undefined;
      if (size !== undefined && size <= 0n) report(entry.value, t('The capacity must be more than 0.'));
    }
    const sources = spec.entries.filter(
      (entry) => !notVolumeSources.has(entry.key.value) && isSet(entry.value),
    );
    if (sources.length === 0)
      report(
        firstOf(spec),
        t('The PersistentVolume has no source: add nfs, csi, local, hostPath or the like.'),
      );
    for (const other of sources.slice(1))
      report(
        other.key,
        t(
          'A PersistentVolume has one source; this one has {0} and {1}.',
          sources[0]?.key.value ?? '',
          other.key.value,
        ),
      );
    if (isSet(spec.get('local')) && !isSet(spec.get('nodeAffinity')))
      report(
        keyPlace(spec, 'local'),
        t('A local volume is on one node: add nodeAffinity that says on which.'),
      );
    const affinity = mapOf(spec.get('nodeAffinity'));
    if (affinity && !isSet(affinity.get('required')))
      report(
        keyPlace(spec, 'nodeAffinity'),
        t('nodeAffinity needs required: the nodes that reach the volume.'),
      );
    if (isSet(spec.get('volumeAttributesClassName')) && !isSet(spec.get('csi')))
      report(
        keyPlace(spec, 'volumeAttributesClassName'),
        t('volumeAttributesClassName is for CSI volumes only.'),
      );
    const policy = filledText(spec.get('persistentVolumeReclaimPolicy'));
    const path = filledText(mapOf(spec.get('hostPath'))?.get('path'));
    if (policy === 'Recycle' && path !== undefined && /^\/+(?:\.\/*)*$/.test(path)) {
      report(
        placeOf(spec, 'persistentVolumeReclaimPolicy'),
        t('Recycle would delete the whole file system of the node.'),
      );
    }
    if (policy === 'Recycle')
      report(
        placeOf(spec, 'persistentVolumeReclaimPolicy'),
        t('Recycle is deprecated: use dynamic provisioning, with Delete or Retain.'),
        { severity: 'warning' },
      );
    const name = filledText(spec.get('storageClassName'));
    const problem = name === undefined ? undefined : subdomainProblem(name);
    if (problem !== undefined)
      report(placeOf(spec, 'storageClassName'), t('storageClassName "{0}" {1}.', name ?? '', problem));
  },
};
