import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder for one test file's kubeconfigs, removed after its tests. */
export function useTemporaryFolder(): { readonly path: string } {
  const holder = { path: '' };
  before(() => {
    holder.path = mkdtempSync(path.join(os.tmpdir(), 'podnet-cluster-'));
  });
  after(() => rmSync(holder.path, { recursive: true, force: true }));
  return holder;
}
