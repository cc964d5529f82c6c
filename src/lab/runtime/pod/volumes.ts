import { absolute, FileSystem, type Mount } from '../fs/fileSystem.ts';
import { FileTree, type Inode } from '../fs/inode.ts';
import {
  inNamespace,
  type Container,
  type KeyToPath,
  type Pod,
  type Volume,
  type VolumeSource,
} from '../kube.ts';
import type { ClusterView } from '../types.ts';
import { ConfigurationError, keysOf, substitute } from './environment.ts';
import { podField, resourceField } from './fields.ts';

const mebibyte = 1_048_576;
const limits = { emptyDir: 64 * mebibyte, claim: 128 * mebibyte, host: 128 * mebibyte, object: 4 * mebibyte };

/** What outlives a pod: the disks of nodes and the volumes behind claims. */
export class SharedStorage {
  private readonly hosts = new Map<string, FileTree>();
  private readonly claims = new Map<string, FileTree>();

  /** A node's own files, for hostPath volumes. */
  host(node: string): FileTree {
    let tree = this.hosts.get(node);
    if (tree === undefined) {
      tree = new FileTree(limits.host);
      for (const directory of ['/data', '/mnt', '/opt', '/var/log/pods', '/var/lib/kubelet', '/home'])
        tree.place(directory, tree.directory());
      tree.place('/tmp', tree.directory({ mode: 0o1777 }));
      tree.place('/etc/hostname', tree.file(`${node}\n`));
      this.hosts.set(node, tree);
    }
    return tree;
  }

  /** The volume behind a claim, shared by all pods that use it. */
  claim(namespace: string, name: string): FileTree {
    const key = `${namespace}/${name}`;
    const tree = this.claims.get(key) ?? new FileTree(limits.claim, 0o777);
    this.claims.set(key, tree);
    return tree;
  }
}

interface MountedVolume {
  readonly tree: FileTree;
  readonly node: Inode;
  readonly readOnly: boolean;
}

function isProjected(source: VolumeSource): boolean {
  return [source.configMap, source.secret, source.downwardAPI, source.projected].some(
    (part) => part !== undefined,
  );
}

/** Makes a tree hold exactly these files; unchanged ones stay the same files. */
function fill(tree: FileTree, wanted: ReadonlyMap<string, { text: string; mode: number }>): void {
  const files = new FileSystem(tree, []);
  const present = (folder: string): string[] =>
    files.list(folder).flatMap((name) => {
      const path = absolute(folder, name);
      return files.stat(path).type === 'directory' ? present(path) : [path];
    });
  const paths = new Set([...wanted.keys()].map((path) => absolute('/', path)));
  for (const path of present('/')) if (!paths.has(path)) files.remove(path);
  for (const [path, { text, mode }] of wanted) {
    const full = absolute('/', path);
    if (files.find(full) && Buffer.from(files.readFile(full)).toString() === text) continue;
    if (files.find(full)) files.remove(full);
    tree.place(full, tree.file(text, { mode }));
  }
}

/** The volumes of one pod; they live as long as the pod, whatever happens to its containers. */
export class PodVolumes {
  private readonly view: ClusterView;
  private readonly storage: SharedStorage;
  private readonly mounted = new Map<string, MountedVolume>();

  constructor(view: ClusterView, storage: SharedStorage) {
    this.view = view;
    this.storage = storage;
  }

  /**
   * The mounts of a container, in the order in which they nest; mount points are made in its root.
   * @throws ConfigurationError when a volume's source is missing
   */
  mountsOf(
    pod: Pod,
    container: Container,
    root: FileTree,
    environment: ReadonlyMap<string, string>,
  ): Mount[] {
    const mounts = (container.volumeMounts ?? []).map((mount): Mount => {
      const declared = pod.spec?.volumes?.find(({ name }) => name === mount.name);
      if (declared === undefined) throw new ConfigurationError(`volume "${mount.name}" is not declared`);
      const volume = this.volume(pod, declared);
      const subPath =
        mount.subPathExpr === undefined ? mount.subPath : substitute(mount.subPathExpr, environment);
      const node = subPath === undefined || subPath === '' ? volume.node : this.below(volume, subPath);
      return {
        path: absolute('/', mount.mountPath),
        tree: volume.tree,
        node,
        readOnly: volume.readOnly || mount.readOnly === true,
      };
    });
    mounts.sort((a, b) => a.path.length - b.path.length);
    for (const [index, mount] of mounts.entries()) this.makeMountPoint(root, mounts.slice(0, index), mount);
    return mounts;
  }

  /** Brings what ConfigMaps, Secrets and the pod's fields say now into the volumes; sub paths keep what they had. */
  refresh(pod: Pod): void {
    for (const declared of pod.spec?.volumes ?? []) {
      const mounted = this.mounted.get(declared.name);
      if (mounted === undefined || !isProjected(declared)) continue;
      try {
        fill(mounted.tree, this.projectedFiles(pod, declared));
      } catch (error) {
        // Sources that have gone leave the volume as it was.
        if (!(error instanceof ConfigurationError)) throw error;
      }
    }
  }

  private makeMountPoint(root: FileTree, outer: readonly Mount[], mount: Mount): void {
    const files = new FileSystem(
      root,
      outer.map((other) => ({ ...other, readOnly: false })),
    );
    if (files.find(mount.path)) return;
    files.makeDirectory(absolute(mount.path, '..'), true);
    if (mount.node.type === 'directory') files.makeDirectory(mount.path);
    else files.writeFile(mount.path, '');
  }

  private below(volume: MountedVolume, subPath: string): Inode {
    const mount = { path: '/', tree: volume.tree, node: volume.node, readOnly: false };
    const files = new FileSystem(volume.tree, [mount]);
    // The kubelet makes a missing sub path as a directory.
    if (files.find(absolute('/', subPath)) === undefined) files.makeDirectory(absolute('/', subPath), true);
    const node = files.stat(absolute('/', subPath));
    if (node.type === 'file') node.holders++;
    return node;
  }

  private volume(pod: Pod, declared: Volume): MountedVolume {
    const known = this.mounted.get(declared.name);
    if (known) return known;
    const made = this.make(pod, declared);
    this.mounted.set(declared.name, made);
    return made;
  }

  private make(pod: Pod, source: Volume): MountedVolume {
    const whole = (tree: FileTree, readOnly = false): MountedVolume => ({ tree, node: tree.root, readOnly });
    if (source.hostPath) {
      const tree = this.storage.host(pod.spec?.nodeName ?? '');
      return {
        tree,
        node: this.hostNode(tree, source.hostPath.path, source.hostPath.type ?? ''),
        readOnly: false,
      };
    }
    if (source.persistentVolumeClaim) {
      const { claimName, readOnly } = source.persistentVolumeClaim;
      return whole(this.storage.claim(inNamespace(pod), claimName), readOnly === true);
    }
    if (isProjected(source)) {
      const tree = new FileTree(limits.object);
      fill(tree, this.projectedFiles(pod, source));
      return whole(tree, true);
    }
    // Kinds of volume that the lab does not have behave like an empty one.
    return whole(new FileTree(limits.emptyDir, 0o777));
  }

  private hostNode(tree: FileTree, path: string, type: string): Inode {
    const files = new FileSystem(tree, []);
    const found = files.find(path);
    if (found === undefined) {
      if (type === 'FileOrCreate') files.writeFile(path, '');
      else if (type === '' || type === 'DirectoryOrCreate') files.makeDirectory(path, true);
      else throw new ConfigurationError(`hostPath type check failed: ${path} is not a ${type.toLowerCase()}`);
    } else if (
      (type.startsWith('Directory') && found.type !== 'directory') ||
      (type.startsWith('File') && found.type !== 'file')
    ) {
      throw new ConfigurationError(
        `hostPath type check failed: ${path} is not a ${type.toLowerCase().replace('orcreate', '')}`,
      );
    }
    return files.stat(path);
  }

  private projectedFiles(pod: Pod, source: VolumeSource): Map<string, { text: string; mode: number }> {
    const files = new Map<string, { text: string; mode: number }>();
    const addKeys = (
      data: Record<string, string> | undefined,
      items: KeyToPath[] | undefined,
      mode: number,
      what: string,
    ): void => {
      const wanted = items ?? Object.keys(data ?? {}).map((key): KeyToPath => ({ key, path: key }));
      for (const { key, path, mode: own } of wanted) {
        const text = data?.[key];
        if (text === undefined)
          throw new ConfigurationError(`${what} references non-existent config key: ${key}`);
        files.set(path, { text, mode: own ?? mode });
      }
    };
    if (source.configMap) {
      const { configMap } = source;
      addKeys(
        keysOf(this.view, pod, 'configmap', configMap),
        configMap.items,
        configMap.defaultMode ?? 0o644,
        'configmap',
      );
    }
    if (source.secret) {
      const { secret } = source;
      const name = secret.secretName ?? secret.name ?? '';
      const reference = secret.optional === undefined ? { name } : { name, optional: secret.optional };
      addKeys(
        keysOf(this.view, pod, 'secret', reference),
        secret.items,
        secret.defaultMode ?? 0o644,
        'secret',
      );
    }
    for (const { path, fieldRef, resourceFieldRef } of source.downwardAPI?.items ?? []) {
      const container = pod.spec?.containers?.find(({ name }) => name === resourceFieldRef?.containerName);
      const text = fieldRef
        ? (podField(pod, fieldRef.fieldPath) ?? '')
        : resourceField(container, resourceFieldRef?.resource ?? '');
      files.set(path, { text, mode: 0o644 });
    }
    for (const part of source.projected?.sources ?? []) {
      for (const [path, file] of this.projectedFiles(pod, part)) files.set(path, file);
      if (part.serviceAccountToken)
        files.set(part.serviceAccountToken.path, { text: 'practice-lab-token', mode: 0o644 });
    }
    return files;
  }
}
