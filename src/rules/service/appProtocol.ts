import { t } from '../../base/l10n.ts';
import { qualifiedNameProblem } from '../formats.ts';
import { placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** appProtocol: a name such as http, or one with a prefix such as kubernetes.io/h2c. */
export const appProtocol: Rule = {
  code: 'app-protocol',
  title: 'An appProtocol that is not a name',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    for (const port of serviceView(object)?.ports ?? []) {
      const protocol = textOf(port.get('appProtocol'));
      const problem = protocol === undefined ? undefined : qualifiedNameProblem(protocol);
      if (problem === undefined) continue;
      report(
        placeOf(port, 'appProtocol'),
        t('appProtocol "{0}" {1}. Write a name such as http, or kubernetes.io/h2c.', protocol ?? '', problem),
      );
    }
  },
};
