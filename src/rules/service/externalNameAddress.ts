import { t } from '../../base/l10n.ts';
import { parseIPv4 } from '../addresses.ts';
import { filledText, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** externalName is a DNS name; what looks like an address is looked up as a name, and not found. */
export const externalNameAddress: Rule = {
  code: 'external-name-address',
  title: 'externalName looks like an IP address',
  severity: 'warning',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    const name = filledText(service?.spec.get('externalName'));
    if (service?.type !== 'ExternalName' || name === undefined || parseIPv4(name) === undefined) return;
    report(
      placeOf(service.spec, 'externalName'),
      t(
        'externalName is a DNS name: "{0}" is looked up as a name and not found. For an address, write a Service without selector, and an EndpointSlice.',
        name,
      ),
    );
  },
};
