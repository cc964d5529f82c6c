/** The kubeconfig of a running lab. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';

export interface KubeconfigUser {
  /** Name of the context; user and context are named alike. */
  context: string;
  token: string;
}

export interface KubeconfigFile {
  path: string;
  /** Removes the file, and the folder if it was made for it. */
  remove(): Promise<void>;
}

const labName = 'podnet-lab';

/**
 * A kubeconfig document; the first user's context is the current one.
 * @param namespace of all contexts
 */
export function kubeconfigText(
  server: string,
  authority: string,
  users: readonly KubeconfigUser[],
  namespace = 'default',
): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': users[0]?.context ?? '',
    clusters: [
      {
        name: labName,
        cluster: { server, 'certificate-authority-data': Buffer.from(authority).toString('base64') },
      },
    ],
    contexts: users.map(({ context }) => ({
      name: context,
      context: { cluster: labName, user: context, namespace },
    })),
    users: users.map(({ context, token }) => ({ name: context, user: { token } })),
    preferences: {},
  });
}

/** Writes a kubeconfig that only its owner can read: at `path`, or in a new folder below the temporary one. */
export async function writeKubeconfig(text: string, path?: string): Promise<KubeconfigFile> {
  const folder = path === undefined ? await mkdtemp(join(tmpdir(), 'podnet-lab-')) : undefined;
  const file = path ?? join(folder ?? tmpdir(), 'kubeconfig.yaml');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode: 0o600 });
  // writeFile keeps the mode of a file that was there.
  await chmod(file, 0o600);
  return {
    path: file,
    remove: async () => {
      await rm(folder ?? file, { recursive: folder !== undefined, force: true });
    },
  };
}
