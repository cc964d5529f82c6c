// Runs a suite inside a real extension host: VS Code's server and a headless Chromium that opens its workbench,
// with the extension of this checkout, a practice lab, and a workspace to work in.
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { exists } from '../../scripts/tools/cache.ts';
import { startChromium } from '../../scripts/tools/chromium.ts';
import { ensureHost, type HostName } from '../../scripts/tools/codeServer.ts';
import { startHost } from '../../scripts/tools/hostServer.ts';
import { startLab } from '../../scripts/tools/lab.ts';
import { root, scratch } from '../../scripts/tools/paths.ts';
import { temporaryFolder } from '../../scripts/tools/process.ts';
import { toVariables } from './inside/environment.ts';
import type { HostResults } from './inside/results.ts';

/** `suite` runs in a trusted workspace with a lab; `restricted` in one that is not trusted. */
export type SuiteName = 'suite' | 'restricted';

export interface SuiteOptions {
  host: HostName;
  suite: SuiteName;
  say: (line: string) => void;
  /** Only tests whose title contains this. */
  grep?: string | undefined;
}

const limitMs = 5 * 60_000;

/** Bundles the test files of one folder into a CommonJS file that exports run(). */
export async function bundleSuite(suite: SuiteName): Promise<string> {
  const folder = path.join(root, 'test', 'host', suite);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
  if (names.length === 0) throw new Error(`There is no test file in test/host/${suite}.`);
  const entries = names.map((name) => {
    const file = JSON.stringify(`./test/host/${suite}/${name}`);
    return `  [${JSON.stringify(name)}, () => import(${file})],`;
  });
  const outfile = path.join(scratch, 'host', `${suite}.cjs`);
  await build({
    stdin: {
      contents: [
        "import { runMocha } from './test/host/inside/runMocha.ts';",
        `export const run = () => runMocha([\n${entries.sort().join('\n')}\n]);`,
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

/** The last errors the workbench wrote to the browser's console. */
function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text().slice(0, 500));
    if (errors.length > 40) errors.shift();
  });
  return errors;
}

async function waitForResults(file: string, ended: Promise<void>): Promise<HostResults | undefined> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    if (await exists(file)) return JSON.parse(await readFile(file, 'utf8')) as HostResults;
    const serverEnded = await Promise.race([ended.then(() => true), sleep(200, false)]);
    if (serverEnded) return undefined;
  }
  return undefined;
}

/** Runs one suite on one version. A suite that gives no results comes back as a crash with what was seen. */
export async function runSuite(options: SuiteOptions): Promise<HostResults> {
  const bundle = await bundleSuite(options.suite);
  const host = await ensureHost(options.host, options.say);
  const temporary = await temporaryFolder('host');
  const undo: (() => Promise<unknown>)[] = [() => temporary.remove()];
  try {
    const workspace = path.join(temporary.path, 'workspace');
    await cp(path.join(root, 'scripts', 'workspace'), workspace, { recursive: true });
    const trusted = options.suite === 'suite';
    const lab = trusted ? await startLab() : undefined;
    if (lab) undo.push(() => lab.stop());
    const results = path.join(temporary.path, 'results.json');
    const running = await startHost({
      host,
      dataFolder: path.join(temporary.path, 'data'),
      workspace,
      extension: root,
      suite: bundle,
      trusted,
      settings: lab ? { 'podNetwork.kubeconfig': lab.kubeconfig } : {},
      env: toVariables({
        checkout: root,
        workspace,
        kubeconfig: lab?.kubeconfig,
        grep: options.grep,
        results,
      }),
    });
    undo.push(() => running.stop());
    const browser = await startChromium(options.say);
    undo.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const errors = collectErrors(page);
    await page.goto(running.url);
    const handed = await waitForResults(results, running.ended);
    if (handed) return handed;
    const picture = path.join(scratch, 'host', `${options.host}-${options.suite}.png`);
    await mkdir(path.dirname(picture), { recursive: true });
    await page.screenshot({ path: picture });
    return {
      vscode: host.vscode,
      node: host.node,
      tests: [],
      crash: [
        `The extension host gave no results. Picture of the workbench: ${path.relative(root, picture)}`,
        `The workbench's last errors:\n${errors.slice(-10).join('\n')}`,
        `The server's last words:\n${running.log().slice(-2000)}`,
      ].join('\n'),
    };
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
