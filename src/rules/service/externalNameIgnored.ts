import { t } from '../../base/l10n.ts';
import { removeFix, replaceFix } from '../edits.ts';
import { isFilled, keyPlace, placeOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** externalName on another type than ExternalName. */
export const externalNameIgnored: Rule = {
  code: 'external-name-ignored',
  title: 'externalName on a Service of another type',
  severity: 'warning',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (
      service === undefined ||
      service.type === 'ExternalName' ||
      !isFilled(service.spec.get('externalName'))
    )
      return;
    const { spec, type } = service;
    const change: FixDraft[] = spec.has('type')
      ? [replaceFix(t('Make it type: ExternalName'), placeOf(spec, 'type'), 'ExternalName')]
      : [];
    report(
      keyPlace(spec, 'externalName'),
      t('externalName is ignored: this Service is {0}, not ExternalName.', type),
      {
        fixes: [...change, ...removeFix(spec, 'externalName')],
      },
    );
  },
};
