// Runs a suite inside a real extension host: VS Code's server and a headless Chromium that opens its workbench,
// with the extension of this checkout, a practice lab, and a workspace to work in.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startChromium } from '../../scripts/tools/chromium.ts';
import { ensureHost, type HostName, type InstalledHost } from '../../scripts/tools/codeServer.ts';
import { installVsix, startHost, type RunningHost } from '../../scripts/tools/hostServer.ts';
import { root, scratch } from '../../scripts/tools/paths.ts';
import type { SuiteName } from './bundle.ts';
import type { HostResults } from './inside/results.ts';
import { prepareSuite, type PreparedSuite } from './prepare.ts';

export interface SuiteOptions {
  host: HostName;
  suite: SuiteName;
  say: (line: string) => void;
  /** Only tests whose title contains this. */
  grep?: string | undefined;
  /** The VSIX for the suite `packaged`. */
  vsix?: string;
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

/** A folder with an extension that does nothing: a suite runs only beside an extension in development. */
async function emptyExtension(folder: string): Promise<string> {
  const extension = path.join(folder, 'empty-extension');
  await mkdir(extension);
  const manifest = {
    name: 'empty',
    publisher: 'pod-network-explorer',
    version: '0.0.1',
    engines: { vscode: '*' },
  };
  await writeFile(path.join(extension, 'package.json'), JSON.stringify(manifest));
  return extension;
}

async function startSuiteHost(
  options: SuiteOptions,
  host: InstalledHost,
  prepared: PreparedSuite,
): Promise<RunningHost> {
  const dataFolder = path.join(prepared.folder, 'data');
  if (options.vsix !== undefined) await installVsix(host, dataFolder, options.vsix);
  return startHost({
    host,
    dataFolder,
    workspace: prepared.workspace,
    extension: options.vsix === undefined ? root : await emptyExtension(prepared.folder),
    suite: prepared.bundle,
    trusted: options.suite !== 'restricted',
    settings: prepared.settings,
    env: prepared.variables,
  });
}

async function noResults(
  options: SuiteOptions,
  host: InstalledHost,
  seen: { page: Page; errors: string[]; log: string },
): Promise<HostResults> {
  const picture = path.join(scratch, 'host', `${options.host}-${options.suite}.png`);
  await mkdir(path.dirname(picture), { recursive: true });
  await seen.page.screenshot({ path: picture });
  return {
    vscode: host.vscode,
    node: host.node,
    tests: [],
    crash: [
      `The extension host gave no results. Picture of the workbench: ${path.relative(root, picture)}`,
      `The workbench's last errors:\n${seen.errors.slice(-10).join('\n')}`,
      `The server's last words:\n${seen.log.slice(-2000)}`,
    ].join('\n'),
  };
}

/** Runs one suite on one version. A suite that gives no results comes back as a crash with what was seen. */
export async function runSuite(options: SuiteOptions): Promise<HostResults> {
  const host = await ensureHost(options.host, options.say);
  const prepared = await prepareSuite(options.suite, options.grep);
  const undo: (() => Promise<unknown>)[] = [() => prepared.dispose()];
  try {
    const running = await startSuiteHost(options, host, prepared);
    undo.push(() => running.stop());
    const browser = await startChromium(options.say);
    undo.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const errors = collectErrors(page);
    await page.goto(running.url);
    const results = await prepared.waitForResults(running.ended);
    return results ?? (await noResults(options, host, { page, errors, log: running.log() }));
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
