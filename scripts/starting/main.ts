// npm start: the extension in VS Code, with the practice lab or a cluster of one's own.
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../tools/cache.ts';
import { ensureHost } from '../tools/codeServer.ts';
import { startHost } from '../tools/hostServer.ts';
import { startLab, type RunningLab } from '../tools/lab.ts';
import { root, scratch } from '../tools/paths.ts';
import { mustRun, temporaryFolder } from '../tools/process.ts';
import { findDesktop, openDesktop } from './desktop.ts';
import { openAddress } from './openAddress.ts';
import { help, readOptions, type StartOptions } from './options.ts';

const say = (line: string): void => console.log(`… ${line}`);

/** The folder to work in: a copy of scripts/workspace that keeps what is changed in it. */
async function workspace(): Promise<string> {
  const folder = path.join(scratch, 'lesson');
  if (!(await exists(folder))) {
    await mkdir(scratch, { recursive: true });
    await cp(path.join(root, 'scripts', 'workspace'), folder, { recursive: true });
  }
  return folder;
}

function clusterSettings(options: StartOptions, lab: RunningLab | undefined): Record<string, string> {
  const kubeconfig = lab?.kubeconfig ?? options.kubeconfig;
  return {
    ...(kubeconfig === undefined ? {} : { 'podNetwork.kubeconfig': kubeconfig }),
    ...(options.context === undefined ? {} : { 'podNetwork.context': options.context }),
  };
}

async function build(): Promise<void> {
  say('building');
  await mustRun('node', ['esbuild.mjs'], { timeoutMs: 120_000 });
}

async function main(): Promise<void> {
  const options = await readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(help);
    return;
  }
  const desktop = options.browser ? { reason: '--browser' } : await findDesktop();
  if ('reason' in desktop) say(`VS Code in the browser (${desktop.reason})`);
  const [host] = await Promise.all(['reason' in desktop ? ensureHost('newest', say) : undefined, build()]);

  const lab = options.kubeconfig === undefined ? await startLab() : undefined;
  const data = await temporaryFolder('start');
  const common = {
    workspace: await workspace(),
    dataFolder: data.path,
    settings: clusterSettings(options, lab),
  };
  let ended: Promise<void>;
  let closing: string;
  if ('reason' in desktop) {
    if (!host) throw new Error('VS Code for the browser is not installed.');
    const server = await startHost({ ...common, host, extension: root, trusted: true, port: options.port });
    ended = server.ended;
    closing = 'Ctrl-C here ends it.';
    console.log(`\nVS Code ${host.vscode} with Pod Network Explorer is at\n\n    ${server.url}\n`);
    if (options.open) await openAddress(server.url, data.path);
  } else {
    ({ ended } = await openDesktop(desktop.command, common));
    closing = 'Closing its window, or Ctrl-C here, ends it.';
    console.log(`\nVS Code ${desktop.version} opens with Pod Network Explorer.\n`);
  }
  if (lab)
    console.log(`It shows the practice lab, a simulated cluster: kubectl --kubeconfig ${lab.kubeconfig}`);
  else console.log(`It shows the cluster of ${options.kubeconfig ?? ''}.`);
  console.log(`The open folder is ${common.workspace}. ${closing}`);

  const what = await Promise.race([
    ended.then(() => 'VS Code has ended.'),
    ...(lab ? [lab.ended.then(() => 'The practice lab has ended.')] : []),
  ]);
  console.log(what);
  await lab?.stop();
  await data.remove();
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(`npm start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
