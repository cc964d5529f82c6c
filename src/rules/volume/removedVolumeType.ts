import { t } from '../../base/l10n.ts';
import type { Rule } from '../rule.ts';
import { volumesOf } from './volumeViews.ts';

/** Volume types whose drivers are gone: accepted, and then the pod does not start. */
const gone: Readonly<Record<string, () => string>> = {
  gitRepo: () =>
    t(
      'The volume type gitRepo is off since 1.33 and gone in 1.36. Clone in an init container into an emptyDir.',
    ),
  glusterfs: () => t('The volume type glusterfs does nothing since 1.26. Use a CSI driver, or nfs.'),
  cephfs: () => doesNothing('cephfs', '1.31', 'cephfs.csi.ceph.com'),
  rbd: () => doesNothing('rbd', '1.31', 'rbd.csi.ceph.com'),
  flocker: () => doesNothing('flocker', '1.25'),
  quobyte: () => doesNothing('quobyte', '1.25'),
  storageos: () => doesNothing('storageos', '1.25'),
  scaleIO: () => doesNothing('scaleIO', '1.22'),
  photonPersistentDisk: () => doesNothing('photonPersistentDisk', '1.16'),
};

function doesNothing(type: string, since: string, driver?: string): string {
  return driver === undefined
    ? t('The volume type {0} does nothing since {1}. Use a CSI driver.', type, since)
    : t('The volume type {0} does nothing since {1}. Use the CSI driver {2}.', type, since, driver);
}

/** Volume types that the server still takes, and hands over to a CSI driver that must be installed. */
const migrated: Readonly<Record<string, string>> = {
  awsElasticBlockStore: 'ebs.csi.aws.com',
  azureDisk: 'disk.csi.azure.com',
  azureFile: 'file.csi.azure.com',
  cinder: 'cinder.csi.openstack.org',
  gcePersistentDisk: 'pd.csi.storage.gke.io',
  portworxVolume: 'pxd.portworx.com',
  vsphereVolume: 'csi.vsphere.vmware.com',
};

/** A volume of a type that is gone, or that works only with a CSI driver. */
export const removedVolumeType: Rule = {
  code: 'removed-volume-type',
  title: 'A volume type that no longer exists by itself',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    for (const volume of volumesOf(pod)) {
      for (const { key } of volume.sources) {
        const reason = gone[key.value];
        const driver = migrated[key.value];
        if (reason !== undefined) report(key, reason());
        else if (driver !== undefined)
          report(
            key,
            t(
              'The volume type {0} works only where the CSI driver {1} is installed. Use a claim with a storage class.',
              key.value,
              driver,
            ),
          );
        else if (key.value === 'flexVolume')
          report(key, t('The volume type flexVolume is deprecated. Use a CSI driver.'), { severity: 'hint' });
      }
    }
  },
};
