import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { nearest } from '../nearest.ts';
import { filledText, keyPlace, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The pods of a StatefulSet get stable names only under a headless Service called serviceName. */
export const serviceNotHeadless: Rule = {
  code: 'service-not-headless',
  title: 'serviceName is no headless Service',
  severity: 'warning',
  kinds: ['StatefulSet'],
  check({ object, neighbours, report }) {
    const spec = mapOf(object.at(['spec']));
    if (spec === undefined) return;
    const name = filledText(spec.get('serviceName'));
    if (name === undefined) {
      report(
        keyPlace(spec, 'serviceName'),
        t(
          'Without serviceName the pods get no DNS names of their own. Name a headless Service, if they need any.',
        ),
        { severity: 'hint' },
      );
      return;
    }
    const services = neighbours.ofKind('Service');
    const service = neighbours.named('Service', name)[0];
    if (service?.service?.headless === true || (service === undefined && !neighbours.isComplete('Service')))
      return;
    const meant = service
      ? undefined
      : nearest(
          name,
          services.map((facts) => facts.name),
        );
    const at = placeOf(spec, 'serviceName');
    report(
      at,
      service
        ? t(
            'Service {0} is not headless: the pods get no DNS names of their own. Write clusterIP: None there.',
            name,
          )
        : t('There is no Service {0}: the pods get no DNS names of their own.', name),
      {
        fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), at, meant)],
        related: service?.place ? [{ at: service.place, message: t('Service {0}', name) }] : [],
      },
    );
  },
};
