import { t } from '../../base/l10n.ts';
import {
  isForeignGroup,
  isServed,
  kindsByName,
  removedKinds,
  removedVersions,
  servedGroups,
} from '../../manifest/schema/kinds.ts';
import { replaceFix } from '../edits.ts';
import { nearest } from '../nearest.ts';
import { placeOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { sentences } from '../sentences.ts';

/** Kinds that only tools read from files; the server never sees them. */
const ofTools = new Set([
  'Config',
  'List',
  'Status',
  'DeleteOptions',
  // OpenShift before it had groups.
  'Template',
  'Route',
  'BuildConfig',
  'DeploymentConfig',
  'ImageStream',
  'Project',
]);

/** Short names of kubectl and other words for kinds. */
const mistaken: Readonly<Record<string, string>> = {
  svc: 'Service',
  deploy: 'Deployment',
  deployments: 'Deployment',
  po: 'Pod',
  cm: 'ConfigMap',
  ns: 'Namespace',
  sts: 'StatefulSet',
  ds: 'DaemonSet',
  rs: 'ReplicaSet',
  rc: 'ReplicationController',
  pv: 'PersistentVolume',
  pvc: 'PersistentVolumeClaim',
  ing: 'Ingress',
  netpol: 'NetworkPolicy',
  hpa: 'HorizontalPodAutoscaler',
  pdb: 'PodDisruptionBudget',
  sa: 'ServiceAccount',
  sc: 'StorageClass',
  container: 'Pod',
};

/** A kind that no server has: misspelled, in the wrong case, or gone. */
export const unknownKind: Rule = {
  code: 'unknown-kind',
  title: 'A kind that does not exist',
  severity: 'error',
  check({ object, schemas, report }) {
    const { apiVersion, kind, group } = object;
    if (kind === '' || isServed(apiVersion, kind) || kindsByName.get(kind.toLowerCase())?.kind === kind)
      return;
    if (isForeignGroup(group) || schemas.some((schema) => schema.ofKind(apiVersion, kind))) return;
    const at = placeOf(object.root, 'kind');
    const gone = removedKinds[kind];
    if (gone) {
      report(at, t('Servers from 1.{0} on have no {1}. Use {2}.', gone.since, kind, gone.instead()));
      return;
    }
    const all = [...kindsByName.values()].map((known) => known.kind);
    const meant = mistaken[kind.toLowerCase()] ?? nearest(kind, all);
    if (meant === undefined && (ofTools.has(kind) || !isKnownVersion(apiVersion, group))) return;
    const fixes: FixDraft[] = meant === undefined ? [] : [replaceFix(t('Write {0}', meant), at, meant, true)];
    const hint =
      meant === undefined
        ? t('Kinds are written as in the API reference, such as Pod or Service.')
        : t('Did you mean {0}?', meant);
    const message =
      apiVersion === ''
        ? t('There is no kind "{0}".', kind)
        : t('There is no kind "{0}" in {1}.', kind, apiVersion);
    report(at, sentences(message, hint), { fixes });
  },
};

/** Whether we know all kinds of the version: not of alpha and beta versions, which a server may be told to serve. */
function isKnownVersion(apiVersion: string, group: string): boolean {
  if (removedVersions.some((removed) => removed.apiVersion === apiVersion)) return true;
  return servedGroups.has(group) && /(?:^|\/)v\d+$/.test(apiVersion);
}
