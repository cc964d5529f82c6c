// VS Code in a headless browser for tests that do what a person does: a server of its own, a practice lab of its
// own, a copy of scripts/workspace to change at will.
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startChromium } from '../../scripts/tools/chromium.ts';
import { ensureHost, type HostName } from '../../scripts/tools/codeServer.ts';
import { startHost, type RunningHost } from '../../scripts/tools/hostServer.ts';
import { startLab, type RunningLab } from '../../scripts/tools/lab.ts';
import { root, scratch } from '../../scripts/tools/paths.ts';
import { temporaryFolder } from '../../scripts/tools/process.ts';
import { Workbench } from './workbench.ts';

export interface WorkbenchOptions {
  /** 'lab' (the default) starts a practice lab; a path is used as it is; 'none' leaves the setting empty. */
  kubeconfig?: string;
  /** false opens the folder in restricted mode. */
  trusted?: boolean;
  /** Settings beside those that keep the workbench quiet. */
  settings?: Record<string, unknown>;
  /** Environment variables of the server, and so of the extension. */
  env?: Record<string, string>;
  host?: HostName;
  /** Arguments for the practice lab. */
  labArguments?: readonly string[];
}

/** Everything that runs for one workbench. */
export interface RunningWorkbench {
  workbench: Workbench;
  page: Page;
  /** The open folder. */
  workspace: string;
  /** The kubeconfig in the settings; undefined with 'none'. */
  kubeconfig: string | undefined;
  lab: RunningLab | undefined;
  server: RunningHost;
  stop(): Promise<void>;
}

/**
 * Where a picture goes: scratch space, but for `npm run screenshots` where the docs have one of that name. What only a
 * person looks at after a test stays out of them; for a new one, an empty file of its name is put there first.
 */
function pictureFile(name: string): string {
  const documented = path.join(root, 'docs', 'images', `${name}.png`);
  return process.env.PODNET_PICTURES === 'docs' && existsSync(documented)
    ? documented
    : path.join(scratch, 'browser', `${name}.png`);
}

/** Opens a workbench with the extension of this checkout; what is missing on the machine is installed first. */
export async function startWorkbench(options: WorkbenchOptions = {}): Promise<RunningWorkbench> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const host = await ensureHost(options.host ?? 'newest', say);
  const temporary = await temporaryFolder('browser');
  const undo: (() => Promise<unknown>)[] = [() => temporary.remove()];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const workspace = path.join(temporary.path, 'lesson');
    await cp(path.join(root, 'scripts', 'workspace'), workspace, { recursive: true });
    const wanted = options.kubeconfig ?? 'lab';
    const lab = wanted === 'lab' ? await startLab(options.labArguments) : undefined;
    if (lab) undo.push(() => lab.stop());
    const kubeconfig = lab ? lab.kubeconfig : wanted === 'none' ? undefined : wanted;
    const server = await startHost({
      host,
      dataFolder: path.join(temporary.path, 'data'),
      workspace,
      extension: root,
      trusted: options.trusted ?? true,
      settings: {
        ...(kubeconfig === undefined ? {} : { 'podNetwork.kubeconfig': kubeconfig }),
        ...options.settings,
      },
      env: options.env ?? {},
    });
    undo.push(() => server.stop());
    const browser = await startChromium(say);
    undo.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await mkdir(path.join(scratch, 'browser'), { recursive: true });
    const workbench = new Workbench(page, pictureFile);
    await page.goto(server.url);
    await workbench.waitUntilReady();
    return { workbench, page, workspace, kubeconfig, lab, server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * One workbench for all tests of a describe block: started before them, stopped after them; a test that fails
 * leaves a picture in .tmp/browser.
 * @returns what runs, for use inside the tests
 */
export function useWorkbench(options: WorkbenchOptions = {}): () => RunningWorkbench {
  let running: RunningWorkbench | undefined;
  before(async function () {
    // The first use on a machine installs VS Code.
    this.timeout(15 * 60_000);
    running = await startWorkbench(options);
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed' || !running) return;
    const name = `failed ${test.fullTitle()}`.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 120);
    const file = path.join(scratch, 'browser', `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await running.page.screenshot({ path: file });
    process.stderr.write(`picture of the failure: ${path.relative(root, file)}\n`);
  });
  after(async function () {
    this.timeout(60_000);
    await running?.stop();
  });
  return () => {
    if (!running) throw new Error('The workbench is not open: use it inside a test.');
    return running;
  };
}
