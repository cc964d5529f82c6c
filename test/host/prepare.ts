// What a suite needs around it, whichever VS Code runs it: its bundle, a workspace, a practice lab.
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exists } from '../../scripts/tools/cache.ts';
import { startLab } from '../../scripts/tools/lab.ts';
import { root } from '../../scripts/tools/paths.ts';
import { temporaryFolder } from '../../scripts/tools/process.ts';
import { bundleSuite, type SuiteName } from './bundle.ts';
import { toVariables } from './inside/environment.ts';
import type { HostResults } from './inside/results.ts';

export interface PreparedSuite {
  /** The file whose run() the extension host calls. */
  bundle: string;
  /** A folder for this run. */
  folder: string;
  workspace: string;
  settings: Record<string, unknown>;
  /** Environment variables for the extension host. */
  variables: Record<string, string>;
  /** The results, or undefined when `ended` came first or the limit was reached. */
  waitForResults(ended: Promise<unknown>): Promise<HostResults | undefined>;
  /** Ends the lab and removes the folder. */
  dispose(): Promise<void>;
}

const limitMs = 5 * 60_000;

async function readResults(file: string): Promise<HostResults> {
  return JSON.parse(await readFile(file, 'utf8')) as HostResults;
}

/** Makes everything ready for one run of a suite. */
export async function prepareSuite(suite: SuiteName, grep: string | undefined): Promise<PreparedSuite> {
  const bundle = await bundleSuite(suite);
  const folder = await temporaryFolder('host');
  const workspace = path.join(folder.path, 'workspace');
  const results = path.join(folder.path, 'results.json');
  await cp(path.join(root, 'scripts', 'workspace'), workspace, { recursive: true });
  // Only a trusted workspace may reach a cluster.
  const lab = suite === 'suite' ? await startLab() : undefined;
  return {
    bundle,
    folder: folder.path,
    workspace,
    settings: lab ? { 'podNetwork.kubeconfig': lab.kubeconfig } : {},
    variables: toVariables({ checkout: root, workspace, kubeconfig: lab?.kubeconfig, grep, results }),
    waitForResults: async (ended) => {
      const deadline = Date.now() + limitMs;
      while (Date.now() < deadline) {
        const over = await Promise.race([ended.then(() => true), sleep(200, false)]);
        // Looked at after the end as well: the results are often the last thing that happens.
        if (await exists(results)) return readResults(results);
        if (over) break;
      }
      const progress = `${results}.progress`;
      if (!(await exists(progress))) return undefined;
      const sofar = await readResults(progress);
      const last = sofar.tests.at(-1)?.title ?? '';
      return { ...sofar, crash: `The suite did not come to its end; the last test that ended: ${last}` };
    },
    dispose: async () => {
      await lab?.stop();
      await folder.remove();
    },
  };
}
