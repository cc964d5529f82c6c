import { t } from '../../base/l10n.ts';
import {
  booleanOf,
  filledText,
  integerOf,
  isFilled,
  isSet,
  itemsOf,
  keyPlace,
  mapOf,
  mapsOf,
  placeOf,
} from '../read.ts';
import { subdomainProblem } from '../formats.ts';
import type { Rule, RuleContext } from '../rule.ts';
import type { MapNode } from '../../manifest/node.ts';
import { sentences } from '../sentences.ts';

/** What the server checks of network and cloud volumes. */
export const cloudVolume: Rule = {
  code: 'cloud-volume',
  title: 'A network or cloud volume with a wrong value',
  severity: 'error',
  check(context) {
    const holders = mapsOf(context.pod?.spec.get('volumes'));
    const spec = context.object.kind === 'PersistentVolume' ? mapOf(context.object.at(['spec'])) : undefined;
    for (const holder of spec ? [spec] : holders) checkHolder(holder, context);
  },
};

/** Fields that the server asks for although the published API does not say so. */
const named = [
  ['flocker', ['datasetName', 'datasetUUID']],
  ['scaleIO', ['volumeName']],
  ['storageos', ['volumeName']],
] as const;

/** The driver of a CSI volume: a DNS name in any case, up to 63 characters. */
function checkDriver(holder: MapNode, report: RuleContext['report']): void {
  const csi = mapOf(holder.get('csi'));
  const driver = filledText(csi?.get('driver'));
  if (csi === undefined || driver === undefined) return;
  const problem =
    driver.length > 63 ? t('is longer than 63 characters') : subdomainProblem(driver.toLowerCase());
  if (problem !== undefined) report(placeOf(csi, 'driver'), t('The CSI driver "{0}" {1}.', driver, problem));
}

const ofPersistent = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
];

/** Secrets for CSI and iSCSI: named, in a PersistentVolume with their namespace. */
function checkSecrets(holder: MapNode, { object, report }: RuleContext): void {
  const csi = mapOf(holder.get('csi'));
  const persistent = object.kind === 'PersistentVolume';
  for (const key of csi ? (persistent ? ofPersistent : ['nodePublishSecretRef']) : []) {
    const secret = mapOf(csi?.get(key));
    if (csi === undefined || secret === undefined) continue;
    if (!isFilled(secret.get('name'))) report(keyPlace(csi, key), t('{0} names no Secret.', key));
    else if (persistent && !isFilled(secret.get('namespace')))
      report(keyPlace(csi, key), t('{0} needs the namespace of the Secret.', key));
  }
  const iscsi = mapOf(holder.get('iscsi'));
  const login = ['chapAuthDiscovery', 'chapAuthSession'].find((key) => booleanOf(iscsi?.get(key)) === true);
  if (iscsi && login !== undefined && !isSet(iscsi.get('secretRef')))
    report(keyPlace(iscsi, login), t('{0} needs secretRef: the Secret to log in with.', login));
}

function checkHolder(holder: MapNode, context: RuleContext): void {
  const { report } = context;
  const nfs = mapOf(holder.get('nfs'));
  const path = filledText(nfs?.get('path'));
  if (nfs && path !== undefined && !path.startsWith('/'))
    report(
      placeOf(nfs, 'path'),
      t('The path "{0}" of an NFS server is absolute: write it from "/" on.', path),
    );
  checkAzure(holder, context);
  for (const key of ['awsElasticBlockStore', 'gcePersistentDisk'])
    range(mapOf(holder.get(key)), 'partition', context);
  for (const key of ['iscsi', 'fc']) range(mapOf(holder.get(key)), 'lun', context);
  const iqn = filledText(mapOf(holder.get('iscsi'))?.get('iqn'));
  const iscsi = mapOf(holder.get('iscsi'));
  if (iscsi && iqn !== undefined && !isInitiator(iqn))
    report(placeOf(iscsi, 'iqn'), t('"{0}" is not an iSCSI name: it starts with iqn., eui. or naa.', iqn));
  checkDriver(holder, report);
  checkSecrets(holder, context);
  const repository = mapOf(holder.get('gitRepo'));
  const folder = filledText(repository?.get('directory'));
  if (repository && folder !== undefined && (folder.startsWith('/') || folder.split('/').includes('..')))
    report(placeOf(repository, 'directory'), t('The directory of a gitRepo is relative, without "..".'));
  for (const [key, fields] of named) {
    const source = mapOf(holder.get(key));
    if (source && !fields.some((field) => isFilled(source.get(field)))) {
      report(keyPlace(holder, key), t('This {0} volume has no {1}.', key, fields.join(t(' or '))));
    }
  }
  const fc = mapOf(holder.get('fc'));
  if (fc) checkFibre(fc, keyPlace(holder, 'fc'), report);
}

function checkAzure(holder: MapNode, { report }: RuleContext): void {
  const disk = mapOf(holder.get('azureDisk'));
  const uri = filledText(disk?.get('diskURI'));
  if (disk === undefined || uri === undefined) return;
  // The server takes a disk without kind for a shared one.
  const managed = filledText(disk.get('kind')) === 'Managed';
  const start = managed ? '/subscriptions/' : 'https://';
  if (uri.startsWith(start)) return;
  report(
    placeOf(disk, 'diskURI'),
    managed
      ? t('The diskURI of this managed disk starts with "{0}".', start)
      : sentences(
          t('The diskURI of this blob disk starts with "{0}".', start),
          t('A managed disk needs kind: Managed.'),
        ),
  );
}

function range(source: MapNode | undefined, key: string, { report }: RuleContext): void {
  const value = integerOf(source?.get(key));
  if (source && value !== undefined && (value < 0 || value > 255))
    report(placeOf(source, key), t('{0} goes from 0 to 255.', key));
}

function isInitiator(name: string): boolean {
  if (name.startsWith('iqn')) return /iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+(?::[^,;*&$|\s]+)$/.test(name);
  return /^eui.[A-Za-z0-9]{16}$/.test(name) || /^naa.[A-Za-z0-9]{32}$/.test(name);
}

function checkFibre(fc: MapNode, at: { start: number; end: number }, report: RuleContext['report']): void {
  const names = itemsOf(fc.get('targetWWNs')).length > 0;
  if (names === isFilled(fc.get('wwids')))
    report(at, t('A Fibre Channel volume has either targetWWNs or wwids.'));
  if (names && !isSet(fc.get('lun'))) report(at, t('A Fibre Channel volume with targetWWNs needs a lun.'));
}
