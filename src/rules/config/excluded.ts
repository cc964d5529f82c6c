import { globPattern } from '../../base/glob.ts';

/**
 * Whether a config's `exclude` leaves a file out. Patterns are read as in a .gitignore: without a slash in the middle
 * they match at any depth, and a folder stands for all below it.
 * @param relative the file's path below the config's folder, with slashes
 */
export function isExcluded(relative: string, exclude: readonly string[]): boolean {
  return exclude.some((pattern) => {
    const plain = pattern.replace(/^\//, '').replace(/\/$/, '');
    const anchored = pattern.replace(/\/$/, '').includes('/') ? plain : `**/${plain}`;
    return globPattern(anchored).test(relative) || globPattern(`${anchored}/**`).test(relative);
  });
}
