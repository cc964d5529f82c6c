import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import type { ClusterContext, Contexts } from '../../model/connection.ts';
import { text } from '../../model/json.ts';
import type { KubeconfigFile, KubeconfigProblem, ResolvedContext } from './types.ts';

/** All files together. As in kubectl, the first file that names a thing decides what it is. */
export interface MergedKubeconfig {
  readonly files: readonly KubeconfigFile[];
  readonly contexts: Contexts;
  /** What cannot be used, though the rest can: broken files beside good ones, entries, dangling names. */
  readonly problems: readonly KubeconfigProblem[];
}

export function mergeKubeconfigs(files: readonly KubeconfigFile[]): MergedKubeconfig {
  const problems = files.flatMap((file) => file.problems);
  const contexts = new Map<string, ClusterContext>();
  for (const file of files) {
    for (const [name, context] of file.contexts) {
      if (contexts.has(name)) continue;
      const cluster = find(files, 'clusters', context.cluster);
      contexts.set(name, {
        name,
        cluster: context.cluster,
        server: cluster?.cluster.server ?? '',
        user: text(context.user),
        namespace: context.namespace ?? 'default',
        file: file.file,
      });
      if (cluster === undefined) problems.push(dangling(file.file, name, 'cluster', context.cluster));
    }
  }
  const current = files.find((file) => file.current !== '')?.current ?? '';
  const [broken] = problems;
  if (contexts.size > 0) {
    return { files, problems, contexts: { is: 'read', contexts: [...contexts.values()], current } };
  }
  if (broken !== undefined) {
    return { files, problems, contexts: { is: 'broken', ...describe(broken) } };
  }
  return { files, problems, contexts: { is: 'none', searched: files.map((file) => file.file) } };
}

/**
 * A context with its cluster and user, wherever they stand.
 * @throws ExplainedError `unknown-context`, `unknown-cluster`, `unknown-user`.
 */
export function resolveContext(merged: MergedKubeconfig, name: string): ResolvedContext {
  const known = merged.contexts.is === 'read' ? merged.contexts.contexts : [];
  const context = known.find((candidate) => candidate.name === name);
  if (context === undefined) {
    const names = known.map((candidate) => oneLine(candidate.name, 80)).join(', ');
    const searched = merged.files.map((file) => file.file).join(', ');
    throw new ExplainedError(
      'unknown-context',
      t('There is no context "{0}" in {1}.', oneLine(name, 80), searched),
      {
        remedy: names === '' ? t('The kubeconfig has no contexts.') : t('Choose one of: {0}.', names),
      },
    );
  }
  const cluster = find(merged.files, 'clusters', context.cluster);
  if (cluster === undefined) throw unknown(context, 'cluster', context.cluster);
  const user = context.user === '' ? undefined : find(merged.files, 'users', context.user);
  if (context.user !== '' && user === undefined) throw unknown(context, 'user', context.user);
  return { context, cluster, user };
}

function find<K extends 'clusters' | 'users'>(
  files: readonly KubeconfigFile[],
  list: K,
  name: string,
): (KubeconfigFile[K] extends ReadonlyMap<string, infer V> ? V : never) | undefined {
  for (const file of files) {
    const entry = file[list].get(name);
    if (entry !== undefined) {
      return entry as KubeconfigFile[K] extends ReadonlyMap<string, infer V> ? V : never;
    }
  }
  return undefined;
}

function unknown(context: ClusterContext, what: 'cluster' | 'user', name: string): ExplainedError {
  const { message, remedy } = dangling(context.file, context.name, what, name);
  return new ExplainedError(`unknown-${what}`, `${context.file}: ${message}`, { remedy });
}

function dangling(file: string, context: string, what: 'cluster' | 'user', name: string): KubeconfigProblem {
  const names = [oneLine(context, 80), oneLine(name, 80)] as const;
  return {
    file,
    line: undefined,
    message:
      what === 'cluster'
        ? t('The context "{0}" names the cluster "{1}", which no kubeconfig in use describes.', ...names)
        : t('The context "{0}" names the user "{1}", which no kubeconfig in use describes.', ...names),
    remedy:
      what === 'cluster'
        ? t('Add the cluster to the file, or add the file that has it to KUBECONFIG.')
        : t('Add the user to the file, or add the file that has it to KUBECONFIG.'),
  };
}

function describe(problem: KubeconfigProblem): { file: string; message: string; remedy: string } {
  const { file, line, message, remedy } = problem;
  return { file, message: line === undefined ? message : t('Line {0}: {1}', line, message), remedy };
}
