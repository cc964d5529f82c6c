import { t } from '../../base/l10n.ts';
import { isForeignGroup, isServed, kindsByName, removedVersions } from '../../manifest/schema/kinds.ts';
import { replaceFix } from '../edits.ts';
import { oneOf } from '../nearest.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A kind that exists, but not in this apiVersion. */
export const wrongApiVersion: Rule = {
  code: 'wrong-api-version',
  title: 'The kind is not in this apiVersion',
  severity: 'error',
  check({ object, schemas, report }) {
    const { apiVersion, kind, group } = object;
    const known = kindsByName.get(kind.toLowerCase());
    if (known === undefined || apiVersion === '' || isServed(apiVersion, known.kind) || isForeignGroup(group))
      return;
    if (schemas.some((schema) => schema.ofKind(apiVersion, kind))) return;
    if (removedVersions.some((removed) => removed.apiVersion === apiVersion)) return;
    const right = known.apiVersions;
    // A server may be told to serve alpha and beta versions of the kind's own group.
    if (
      /\/v\d+(?:alpha|beta)\d+$/.test(apiVersion) &&
      right.some((version) => version.startsWith(`${group}/`))
    )
      return;
    const at = placeOf(object.root, 'apiVersion');
    report(
      at,
      t('There is no {0} in apiVersion "{1}"; it is in {2}.', known.kind, apiVersion, oneOf(right)),
      {
        fixes: right.map((version, index) => replaceFix(t('Write {0}', version), at, version, index === 0)),
      },
    );
  },
};
