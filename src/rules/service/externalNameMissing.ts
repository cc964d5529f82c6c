import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { subdomainProblem } from '../formats.ts';
import { filledText, isFilled, keyPlace, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** An ExternalName Service without a usable DNS name. */
export const externalNameMissing: Rule = {
  code: 'external-name-missing',
  title: 'An ExternalName Service without a DNS name',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const service = serviceView(object);
    if (service?.type !== 'ExternalName') return;
    const { spec } = service;
    const name = filledText(spec.get('externalName'))?.replace(/\.$/, '');
    if (name === undefined || name === '') {
      if (isFilled(spec.get('externalName')) && name === undefined) return;
      report(
        keyPlace(spec, spec.has('externalName') ? 'externalName' : 'type'),
        t('An ExternalName Service needs externalName: the DNS name that it stands for.'),
      );
      return;
    }
    const problem = subdomainProblem(name);
    if (problem === undefined) return;
    const bare = name
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/[/:].*$/, '')
      .toLowerCase();
    const at = placeOf(spec, 'externalName');
    report(
      at,
      t('externalName "{0}" {1}. Write the name alone, without protocol, port and path.', name, problem),
      {
        fixes:
          bare !== name && subdomainProblem(bare) === undefined
            ? [replaceFix(t('Write {0}', bare), at, bare, true)]
            : [],
      },
    );
  },
};
