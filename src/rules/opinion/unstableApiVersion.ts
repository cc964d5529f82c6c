import { t } from '../../base/l10n.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** An alpha or beta version of an API. */
export const unstableApiVersion: Rule = {
  code: 'unstable-api-version',
  title: 'An alpha or beta version of an API',
  severity: 'hint',
  opinion: true,
  check({ object, report }) {
    if (!/\/?v\d+(?:alpha|beta)\d+$/.test(object.apiVersion)) return;
    report(
      placeOf(object.root, 'apiVersion'),
      t('{0} may change or go away with the next version of the server.', object.apiVersion),
    );
  },
};
