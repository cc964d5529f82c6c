import type { FileTree } from '../fs/inode.ts';
import type { Userland } from '../system/kernel.ts';

/** A container image of the practice lab. */
export interface Image {
  /** Repository without registry and `library/`, as in `nginx` or `curlimages/curl`. */
  readonly repository: string;
  readonly userland: Userland;
  /** Whether tags like `1.29-alpine` stand for the same on Alpine. */
  readonly alpineTags: boolean;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly user: { readonly uid: number; readonly gid: number };
  /** Builds the root file system of a new container. */
  readonly fill: (tree: FileTree, alpineTag: boolean) => void;
}

export const standardPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const imageDefaults = {
  alpineTags: false,
  entrypoint: [],
  command: [],
  environment: { PATH: standardPath },
  workingDirectory: '/',
  user: { uid: 0, gid: 0 },
} as const;
