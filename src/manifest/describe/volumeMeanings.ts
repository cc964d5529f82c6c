/** What the fields about volumes mean, in our words: `Type.field` and a text, one a line. */
export const volumeMeanings = `
core.v1.PodSpec.volumes The pod's volumes. A container sees one only where its volumeMounts say.
core.v1.Volume.name The name that mounts use.
core.v1.Volume.emptyDir An empty folder that lives as long as the pod, for files that its containers share. It survives a container's restart, not the pod's end.
core.v1.Volume.hostPath A file or folder of the node. Another node has other files, and the pod gets at the node: avoid it.
core.v1.Volume.configMap The keys of a ConfigMap as files.
core.v1.Volume.secret The keys of a Secret as files, kept in memory.
core.v1.Volume.persistentVolumeClaim Storage that outlives the pod, by its claim, of the same namespace.
core.v1.Volume.projected Several sources in one folder: ConfigMaps, Secrets, facts of the pod, tokens.
core.v1.Volume.downwardAPI Facts of the pod itself as files: labels, annotations, limits.
core.v1.Volume.nfs A folder that an NFS server exports. The node mounts it, so the node must reach the server.
core.v1.Volume.csi A volume of a storage driver that lives as long as the pod.
core.v1.Volume.ephemeral A claim that is made with the pod and goes with it.
core.v1.Volume.image The files of a container image, read-only.
core.v1.Volume.gitRepo A clone of a git repository. Switched off since 1.33; use an init container.
core.v1.EmptyDirVolumeSource.medium "Memory" keeps the files in memory, which counts against the containers' limits. Left out: the node's disk.
core.v1.EmptyDirVolumeSource.sizeLimit A pod that writes more is thrown out.
core.v1.HostPathVolumeSource.path The path on the node.
core.v1.HostPathVolumeSource.type What must be there beforehand: Directory, File, Socket …, or …OrCreate to make it. Left out: nothing is checked.
core.v1.ConfigMapVolumeSource.name The ConfigMap, of the pod's namespace.
core.v1.ConfigMapVolumeSource.items Only these keys, under these names. Left out: all.
core.v1.ConfigMapVolumeSource.optional Without it, the pod does not start while the ConfigMap is missing.
core.v1.ConfigMapVolumeSource.defaultMode The files' mode. YAML reads 0644 as octal, JSON needs 420.
core.v1.SecretVolumeSource.secretName The Secret, of the pod's namespace.
core.v1.SecretVolumeSource.items Only these keys, under these names. Left out: all.
core.v1.SecretVolumeSource.optional Without it, the pod does not start while the Secret is missing.
core.v1.SecretVolumeSource.defaultMode The files' mode. YAML reads 0644 as octal, JSON needs 420.
core.v1.KeyToPath.key The key of the ConfigMap or Secret.
core.v1.KeyToPath.path The file's path below the mount, relative.
core.v1.PersistentVolumeClaimVolumeSource.claimName The claim, of the pod's namespace.
core.v1.PersistentVolumeClaimVolumeSource.readOnly Makes every mount of it read-only.
core.v1.ProjectedVolumeSource.sources What to put together. No two may give the same path.
core.v1.ServiceAccountTokenProjection.audience For whom the token is; a receiver should refuse tokens for others.
core.v1.ServiceAccountTokenProjection.expirationSeconds For how long the token is good, at least 600. It is renewed before.
core.v1.NFSVolumeSource.server The NFS server, by name or address, as the node sees it.
core.v1.NFSVolumeSource.path The exported path.
core.v1.Container.volumeMounts Where in the container which volume of the pod is seen.
core.v1.Container.volumeDevices Block devices, from claims with volumeMode: Block.
core.v1.VolumeMount.name The volume of the pod, by its name.
core.v1.VolumeMount.mountPath Where the container sees it. What the image has there is hidden.
core.v1.VolumeMount.subPath Only this part of the volume, relative. Files of a ConfigMap or Secret mounted so are never updated.
core.v1.VolumeMount.subPathExpr Like subPath, with $(VARIABLES) of the container.
core.v1.VolumeMount.readOnly The container cannot write here.
core.v1.VolumeMount.mountPropagation Whether mounts made later on the node are seen here, or those made here on the node (Bidirectional, privileged only).
core.v1.VolumeMount.recursiveReadOnly Whether mounts below are read-only as well.
core.v1.PersistentVolumeClaim.spec What storage is wished for.
core.v1.PersistentVolumeClaimSpec.accessModes ReadWriteOnce: pods of one node. ReadOnlyMany and ReadWriteMany: of many. ReadWriteOncePod: one pod only. What the storage can do, not what is enforced, except for the last.
core.v1.PersistentVolumeClaimSpec.resources How much; requests.storage can grow later where the class allows it.
core.v1.PersistentVolumeClaimSpec.storageClassName Which class makes the volume. Left out: the default class. "": none, only volumes that exist.
core.v1.PersistentVolumeClaimSpec.volumeName This very volume.
core.v1.PersistentVolumeClaimSpec.volumeMode Filesystem, to be mounted; or Block, to be used as a device.
core.v1.PersistentVolumeClaimSpec.selector Only volumes with these labels.
core.v1.PersistentVolumeClaimSpec.dataSource What to fill it with: a snapshot or another claim.
core.v1.PersistentVolumeSpec.capacity How much it holds.
core.v1.PersistentVolumeSpec.accessModes How it can be used; a claim must ask for one of these.
core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy What becomes of it when its claim is deleted: Retain keeps the data, Delete deletes it.
core.v1.PersistentVolumeSpec.storageClassName A claim must name the same class.
core.v1.PersistentVolumeSpec.claimRef The claim that it belongs to.
core.v1.PersistentVolumeSpec.nodeAffinity The nodes where it can be reached.
core.v1.PersistentVolumeSpec.local A disk of one node; needs nodeAffinity.
storage.v1.StorageClass.provisioner The driver that makes the volumes.
storage.v1.StorageClass.volumeBindingMode Immediate makes a volume with the claim; WaitForFirstConsumer waits for a pod, so that it is made where the pod can run.
storage.v1.StorageClass.reclaimPolicy What becomes of its volumes when their claims are deleted.
storage.v1.StorageClass.allowVolumeExpansion Whether claims may grow.
apps.v1.StatefulSetSpec.volumeClaimTemplates A claim for each pod, named TEMPLATE-POD. It stays when the pod goes.
apps.v1.StatefulSetSpec.persistentVolumeClaimRetentionPolicy Whether the claims go with the StatefulSet, or with pods that are scaled away.
`;
