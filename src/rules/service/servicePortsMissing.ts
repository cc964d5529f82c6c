import { t } from '../../base/l10n.ts';
import { isFilled, isSet, keyPlace } from '../read.ts';
import { insertFix } from '../edits.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** A Service without ports, which only headless and ExternalName Services may be. */
export const servicePortsMissing: Rule = {
  code: 'service-ports-missing',
  title: 'The Service has no ports',
  severity: 'error',
  kinds: ['Service'],
  check({ object, text, report }) {
    const service = serviceView(object);
    if (service === undefined) {
      if (isSet(object.at(['spec']))) return;
      report(
        object.entryAt(['spec'])?.key ?? object.entryAt(['kind']) ?? object.root,
        t('The Service has no spec: add its ports, and the selector of its pods.'),
      );
      return;
    }
    const ports = service.spec.get('ports');
    if (isFilled(ports) || service.headless || service.type === 'ExternalName') return;
    const fixes = service.spec.has('ports')
      ? []
      : insertFix(t('Add ports'), service.spec, 'ports:\n  - port: 80', text, 'type');
    report(
      keyPlace(service.spec, 'ports'),
      t('The Service has no ports. Add at least one, or make it headless with clusterIP: None.'),
      { fixes },
    );
  },
};
