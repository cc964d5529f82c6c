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
        `Claim ${name} is ${modes.join(', ')}: only ${alone ? 'one pod' : 'the pods of one node'} can use it, the other replicas (of ${replicas}) do not start elsewhere. Use ReadWriteMany, or a StatefulSet with volumeClaimTemplates.`,
        {
          related: claim.place ? [{ at: claim.place, message: `Claim ${name}` }] : [],
        },
      );
    }
  },
};
