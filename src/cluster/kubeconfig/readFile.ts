import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import { flag, list, record, text as textOf, type Json } from '../../model/json.ts';
import { readExecPlugin, readImpersonation } from './userExtras.ts';
import type { ClusterEntry, KubeconfigFile, KubeconfigProblem, UserEntry } from './types.ts';
import { validateKubeconfig } from './validate.ts';

/** Reads one kubeconfig. Never throws: what is wrong stands in `problems`, and the rest is usable. */
export async function readKubeconfigFile(file: string): Promise<KubeconfigFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { ...nothing(file), exists: false };
    const message = t('The kubeconfig cannot be read: {0}', messageOf(error));
    const remedy =
      code === 'EACCES' ? t('Give yourself the right to read it.') : t('Check that the path names a file.');
    return nothing(file, [{ file, line: undefined, message, remedy }]);
  }
  // Loaded here and not at the top: activation must not pay for them.
  const [yaml, { KubeConfig }] = await Promise.all([
    import('yaml'),
    import('@kubernetes/client-node/dist/config.js'),
  ]);
  const { document, problems, fatal } = validateKubeconfig(file, text, yaml);
  if (fatal) return nothing(file, problems);
  if (document.contents === null || document.toJS() === null) return nothing(file);
  const config = new KubeConfig();
  try {
    config.loadFromString(text, { onInvalidEntry: 'filter' });
  } catch (error) {
    return nothing(file, [...problems, parserProblem(file, error)]);
  }
  const folder = path.dirname(file);
  config.makePathsAbsolute(folder);
  const raw = record(document.toJS());
  const rawClusters = namedEntries(raw.clusters, 'cluster');
  const rawUsers = namedEntries(raw.users, 'user');
  const clusters = new Map<string, ClusterEntry>();
  for (const cluster of config.clusters) {
    if (!clusters.has(cluster.name)) {
      clusters.set(cluster.name, {
        cluster,
        ...clusterExtras(rawClusters.get(cluster.name) ?? {}),
      });
    }
  }
  const users = new Map<string, UserEntry>();
  for (const user of config.users) {
    if (users.has(user.name)) continue;
    const entry = rawUsers.get(user.name) ?? {};
    const tokenFile = textOf(entry.tokenFile);
    users.set(user.name, {
      user,
      tokenFile: tokenFile === '' ? undefined : path.resolve(folder, tokenFile),
      exec: readExecPlugin(entry.exec, folder),
      impersonate: readImpersonation(entry),
    });
  }
  return {
    file,
    exists: true,
    clusters,
    users,
    contexts: firstOfEach(config.contexts.map((context) => [context.name, context])),
    current: textOf(raw['current-context']),
    problems,
  };
}

function nothing(file: string, problems: readonly KubeconfigProblem[] = []): KubeconfigFile {
  return {
    file,
    exists: true,
    clusters: new Map(),
    users: new Map(),
    contexts: new Map(),
    current: '',
    problems,
  };
}

/** The library reads YAML with another parser, which may refuse what ours took. */
function parserProblem(file: string, error: unknown): KubeconfigProblem {
  const line: unknown = record(record(error).mark).line;
  return {
    file,
    line: typeof line === 'number' ? line + 1 : undefined,
    message: t('The kubeconfig cannot be read: {0}', oneLine(messageOf(error))),
    remedy: t('Correct this line, or restore the file from a backup.'),
  };
}

/** The first entry of each name, as kubectl takes them. */
function namedEntries(value: unknown, field: string): ReadonlyMap<string, Json> {
  const entries = list(value)
    .map(record)
    .map((entry) => [textOf(entry.name), record(entry[field])] as const);
  return firstOfEach(entries);
}

function firstOfEach<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const first = new Map<string, T>();
  for (const [name, entry] of entries) {
    if (!first.has(name)) first.set(name, entry);
  }
  return first;
}

function clusterExtras(cluster: Json): Omit<ClusterEntry, 'cluster'> {
  const extension = list(cluster.extensions)
    .map(record)
    .find((entry) => entry.name === 'client.authentication.k8s.io/exec');
  return { disableCompression: flag(cluster['disable-compression']), execConfig: extension?.extension };
}
