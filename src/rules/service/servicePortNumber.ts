import { t } from '../../base/l10n.ts';
import { isPortNumber } from '../formats.ts';
import { firstOf, integerOf, isSet, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** The number of a Service's port. */
export const servicePortNumber: Rule = {
  code: 'service-port-number',
  title: 'A port of the Service is missing or out of range',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    for (const port of serviceView(object)?.ports ?? []) {
      const node = port.get('port');
      if (!isSet(node)) {
        report(
          port.entry('port')?.key ?? firstOf(port),
          t('This port of the Service has no number: add "port:".'),
        );
        continue;
      }
      const number = integerOf(node);
      if (number !== undefined && !isPortNumber(number)) {
        report(placeOf(port, 'port'), t('{0} is not a port: ports go from 1 to 65535.', number));
      }
    }
  },
};
