import os from 'node:os';
import path from 'node:path';

/** The checkout. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Where the pinned Node and the tools of package.json are. */
export const binFolder = path.join(root, 'node_modules', '.bin');

/** Scratch space inside the checkout, ignored by git. */
export const scratch = path.join(root, '.tmp');

/** What is installed once for all checkouts: code-server, kubectl. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME;
  return path.join(base ? path.resolve(base) : path.join(os.homedir(), '.cache'), 'pod-network-explorer');
}
