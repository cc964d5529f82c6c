import { t } from '../../base/l10n.ts';
import { filledText, keyPlace, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

const sourceKinds = [
  'secret',
  'configMap',
  'downwardAPI',
  'serviceAccountToken',
  'clusterTrustBundle',
  'podCertificate',
];

/** A projected volume: one source an entry, and no path twice. */
export const projectedPaths: Rule = {
  code: 'projected-paths',
  title: 'Two files of a projected volume have the same path',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      const first = new Map<string, { start: number; end: number }>();
      for (const source of mapsOf(mapOf(volume.get('projected'))?.get('sources'))) {
        const kinds = sourceKinds.filter((kind) => mapOf(source.get(kind)) !== undefined);
        for (const kind of kinds.slice(1))
          report(
            keyPlace(source, kind),
            t(
              'An entry of sources has one source; this one has {0} and {1}. Make two entries.',
              kinds[0] ?? '',
              kind,
            ),
          );
        for (const kind of kinds) {
          const holder = mapOf(source.get(kind));
          if (holder === undefined) continue;
          const token = kind === 'serviceAccountToken';
          const items = token || kind === 'clusterTrustBundle' ? [holder] : mapsOf(holder.get('items'));
          for (const item of items) {
            const path = filledText(item.get('path'));
            if (path === undefined) continue;
            const at = placeOf(item, 'path');
            const before = first.get(path);
            if (before === undefined) first.set(path, at);
            else {
              // The server overlooks the path of a token.
              report(at, t('Two files of this volume have the path {0}.', path), {
                severity: token ? 'warning' : 'error',
                related: [{ at: before, message: t('The first one') }],
              });
            }
          }
        }
      }
    }
  },
};
