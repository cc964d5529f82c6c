import type { Rule } from '../rule.ts';
import { volumesOf } from './volumeViews.ts';

/** Volume types whose drivers are gone: accepted, and then the pod does not start. */
const gone: Readonly<Record<string, string>> = {
  gitRepo: 'is off since 1.33 and gone in 1.36. Clone in an init container into an emptyDir',
  glusterfs: 'does nothing since 1.26. Use a CSI driver, or nfs',
  cephfs: 'does nothing since 1.31. Use the CSI driver cephfs.csi.ceph.com',
  rbd: 'does nothing since 1.31. Use the CSI driver rbd.csi.ceph.com',
  flocker: 'does nothing since 1.25. Use a CSI driver',
  quobyte: 'does nothing since 1.25. Use a CSI driver',
  storageos: 'does nothing since 1.25. Use a CSI driver',
  scaleIO: 'does nothing since 1.22. Use a CSI driver',
  photonPersistentDisk: 'does nothing since 1.16. Use a CSI driver',
};

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
        if (reason !== undefined) report(key, `The volume type ${key.value} ${reason}.`);
        else if (driver !== undefined)
          report(
            key,
            `The volume type ${key.value} works only where the CSI driver ${driver} is installed. Use a claim with a storage class.`,
          );
        else if (key.value === 'flexVolume')
          report(key, 'The volume type flexVolume is deprecated. Use a CSI driver.', { severity: 'hint' });
      }
    }
  },
};
