import { t } from '../../base/l10n.ts';
import { integerOf, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** One ReadWriteOnce claim in several replicas: only one node can have it. */
export const sharedClaim: Rule = {
  code: 'shared-claim',
  title: 'A ReadWriteOnce claim in several replicas',
  severity: 'warning',
  kinds: ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'],
  check({ object, pod, neighbours, report }) {
    const replicas = integerOf(object.at(['spec', 'replicas'])) ?? 1;
    if (replicas < 2) return;
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      const source = mapOf(volume.get('persistentVolumeClaim'));
      const name = textOf(source?.get('claimName'));
      if (source === undefined || name === undefined) continue;
      const claim = neighbours.named('PersistentVolumeClaim', name)[0];
      const modes = claim?.accessModes ?? [];
      if (
        claim === undefined ||
        modes.length === 0 ||
        modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany')
      )
        continue;
      const alone = modes.includes('ReadWriteOncePod');
      report(
        placeOf(source, 'claimName'),
        alone
          ? t(
              'Claim {0} is {1}: only one pod can use it, the other replicas (of {2}) do not start elsewhere. Use ReadWriteMany, or a StatefulSet with volumeClaimTemplates.',
              name,
              modes.join(', '),
              replicas,
            )
          : t(
              'Claim {0} is {1}: only the pods of one node can use it, the other replicas (of {2}) do not start elsewhere. Use ReadWriteMany, or a StatefulSet with volumeClaimTemplates.',
              name,
              modes.join(', '),
              replicas,
            ),
        {
          related: claim.place ? [{ at: claim.place, message: t('Claim {0}', name) }] : [],
        },
      );
    }
  },
};
