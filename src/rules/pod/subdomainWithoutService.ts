import { t } from '../../base/l10n.ts';
import { nearest } from '../nearest.ts';
import { replaceFix } from '../edits.ts';
import { filledText, placeOf } from '../read.ts';
import type { RelatedDraft, Rule } from '../rule.ts';

/** A pod gets its own DNS name only under a headless Service whose name is the pod's subdomain. */
export const subdomainWithoutService: Rule = {
  code: 'subdomain-without-service',
  title: 'No headless Service for the subdomain of the pod',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, neighbours, report }) {
    const subdomain = filledText(pod?.spec.get('subdomain'));
    if (pod === undefined || subdomain === undefined) return;
    const services = neighbours.ofKind('Service');
    const service = neighbours.named('Service', subdomain)[0];
    if (service?.service?.headless === true || (service === undefined && !neighbours.isComplete('Service')))
      return;
    const at = placeOf(pod.spec, 'subdomain');
    const meant = service
      ? undefined
      : nearest(
          subdomain,
          services.filter((facts) => facts.service?.headless === true).map((facts) => facts.name),
        );
    const related: RelatedDraft[] = service?.place
      ? [{ at: service.place, message: t('Service {0}', service.name) }]
      : [];
    const message = service
      ? t('The pod gets no DNS name of its own: Service {0} is not headless (clusterIP: None).', subdomain)
      : t('The pod gets no DNS name of its own: there is no Service {0}.', subdomain);
    report(at, message, {
      related,
      fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), at, meant)],
    });
  },
};
