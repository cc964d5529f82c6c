import { t } from '../../base/l10n.ts';
import type { Problem } from '../formats.ts';

/** What is wrong with a path inside of a volume: it must be relative and stay inside. */
export function pathProblem(path: string): Problem {
  if (path.startsWith('/')) return t('must be relative, without a "/" at its start');
  return backstepProblem(path);
}

export function backstepProblem(path: string): Problem {
  return path.split('/').includes('..') ? t('may not have ".." in it') : undefined;
}

/** What is wrong with the path of a file that Kubernetes writes into a volume; names from ".." on are its own. */
export function itemPathProblem(path: string): Problem {
  return pathProblem(path) ?? (path.startsWith('..') ? t('may not start with ".."') : undefined);
}
