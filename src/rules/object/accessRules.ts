import { t } from '../../base/l10n.ts';
import { filledText, isFilled, keyPlace, firstOf, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { sentences } from '../sentences.ts';

const group = 'rbac.authorization.k8s.io';

/** Roles and bindings: rules that grant something, and subjects that are complete. */
export const accessRules: Rule = {
  code: 'access-rules',
  title: 'A role or binding that is not complete',
  severity: 'error',
  kinds: ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  check({ object, report }) {
    for (const rule of mapsOf(object.at(['rules']))) {
      const urls = isFilled(rule.get('nonResourceURLs'));
      if (urls && object.kind === 'Role')
        report(keyPlace(rule, 'nonResourceURLs'), t('nonResourceURLs are only for a ClusterRole.'));
      if (urls && (isFilled(rule.get('resources')) || isFilled(rule.get('apiGroups'))))
        report(
          keyPlace(rule, 'nonResourceURLs'),
          t('A rule is about resources or about nonResourceURLs. Make two rules.'),
        );
      if (urls) continue;
      for (const key of ['apiGroups', 'resources']) {
        if (!isFilled(rule.get(key)))
          report(
            rule.entry(key)?.key ?? firstOf(rule),
            sentences(
              t('This rule has no {0}.', key),
              key === 'apiGroups' ? t('The core group is "".') : undefined,
            ),
          );
      }
    }
    for (const subject of mapsOf(object.at(['subjects']))) {
      if (
        filledText(subject.get('kind')) === 'ServiceAccount' &&
        filledText(subject.get('namespace')) === undefined
      ) {
        report(keyPlace(subject, 'kind'), t('A ServiceAccount as subject needs its namespace.'));
      }
      const wanted = filledText(subject.get('kind')) === 'ServiceAccount' ? '' : group;
      const given = filledText(subject.get('apiGroup'));
      if (given !== undefined && given !== wanted)
        report(
          placeOf(subject, 'apiGroup'),
          wanted === ''
            ? t('A ServiceAccount has no apiGroup here.')
            : t('The apiGroup of a subject is {0}.', group),
        );
    }
    const role = mapOf(object.at(['roleRef']));
    const roleGroup = filledText(role?.get('apiGroup'));
    if (role && roleGroup !== undefined && roleGroup !== group)
      report(placeOf(role, 'apiGroup'), t('The apiGroup of a role is {0}, not {1}.', group, roleGroup));
    if (object.kind === 'ClusterRoleBinding' && role && filledText(role.get('kind')) === 'Role') {
      report(keyPlace(role, 'kind'), t('A ClusterRoleBinding can only refer to a ClusterRole.'));
    }
  },
};
