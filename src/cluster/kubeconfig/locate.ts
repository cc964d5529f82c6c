import path from 'node:path';
import type { Environment } from '../environment.ts';

/**
 * The kubeconfig files to read, in kubectl's order: the explicit one alone; else all of KUBECONFIG; else
 * `~/.kube/config`. They need not exist.
 */
export function kubeconfigFiles(
  explicit: string | undefined,
  { env, homedir }: Pick<Environment, 'env' | 'homedir'>,
): readonly string[] {
  const absolute = (file: string): string =>
    path.resolve(file === '~' || /^~[\\/]/.test(file) ? path.join(homedir, file.slice(1)) : file);
  if (explicit !== undefined && explicit.trim() !== '') return [absolute(explicit.trim())];
  const fromEnv = (env.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  if (fromEnv.length > 0) return [...new Set(fromEnv.map(absolute))];
  return [path.join(homedir, '.kube', 'config')];
}
