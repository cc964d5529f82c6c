// VS Code's server, started for one workbench: a port and a token of its own, settings, an extension in
// development. What it serves runs code as this user, so it listens on 127.0.0.1 and asks for the token.
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { InstalledHost } from './codeServer.ts';
import { mustRun, start, stop } from './process.ts';

export interface HostOptions {
  host: InstalledHost;
  /** Where the server keeps settings, logs and extensions; made when missing. */
  dataFolder: string;
  /** The folder to open. */
  workspace: string;
  /** Folder of the extension to load; without it the workbench has only what is installed. */
  extension?: string;
  /** A CommonJS file that exports run(): the extension host runs it and ends. */
  suite?: string;
  settings?: Record<string, unknown>;
  /** false leaves workspace trust on: the folder opens in restricted mode. */
  trusted: boolean;
  /** 0 or absent: any free port. */
  port?: number;
  env?: Record<string, string>;
}

export interface RunningHost {
  port: number;
  /** The address to open; it carries the token. */
  url: string;
  /** What the server has said so far. */
  log(): string;
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** A workbench without the parts that are not ours to show or to test. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'git.ignoreMissingGitWarning': true,
  'security.workspace.trust.startupPrompt': 'never',
};

const startLimitMs = 60_000;

function address(options: HostOptions, port: number, token: string): string {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload: [string, string][] = [];
  if (options.extension !== undefined) {
    payload.push(['extensionDevelopmentPath', remote(options.extension)]);
  }
  if (options.suite !== undefined) payload.push(['extensionTestsPath', remote(options.suite)]);
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('tkn', token);
  url.searchParams.set('folder', options.workspace);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

async function writeSettings(options: HostOptions): Promise<void> {
  const text = JSON.stringify({ ...quietSettings, ...options.settings }, null, 2);
  // Machine holds what the user's machine decides (podNetwork.kubeconfig); User holds the rest.
  for (const scope of ['Machine', 'User']) {
    const folder = path.join(options.dataFolder, 'data', scope);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'settings.json'), `${text}\n`, { mode: 0o600 });
  }
}

/** Starts the server and waits until it listens. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  await writeSettings(options);
  const token = randomBytes(24).toString('hex');
  // In a file, not in the arguments: those every user of the machine can read.
  const tokenFile = path.join(options.dataFolder, 'token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  const args = [
    path.join(options.host.vscodeFolder, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--connection-token-file', tokenFile, '--server-data-dir', options.dataFolder],
    '--accept-server-license-terms',
    '--disable-telemetry',
    // Without it, newer versions ignore an extension in development that the address names.
    '--enable-smoke-test-driver',
    ...(options.trusted ? ['--disable-workspace-trust'] : []),
  ];
  const child = start(options.host.nodeBinary, args, {
    cwd: options.dataFolder,
    env: { ...options.env, NODE_OPTIONS: undefined },
  });
  let said = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const port = await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`VS Code's server did not listen within ${startLimitMs / 1000} s:\n${said}`)),
        startLimitMs,
      );
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        act();
      };
      const read = (text: string): void => {
        said = (said + text).slice(-200_000);
        const listening = /Extension host agent listening on (\d+)/.exec(said);
        if (listening) settle(() => resolve(Number(listening[1])));
      };
      child.stdout?.setEncoding('utf8').on('data', read);
      child.stderr?.setEncoding('utf8').on('data', read);
      child.once('error', (error) => settle(() => reject(error)));
      child.once('exit', (code) =>
        settle(() => reject(new Error(`VS Code's server ended with ${code} as it started:\n${said}`))),
      );
    });
    return {
      port,
      url: address(options, port, token),
      log: () => said,
      ended,
      stop: async () => {
        await stop(child);
        await rm(tokenFile, { force: true });
      },
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** Installs a packaged extension into the server's data folder, as a user would install a downloaded file. */
export async function installVsix(host: InstalledHost, dataFolder: string, vsix: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  await mustRun(
    host.nodeBinary,
    [
      path.join(host.vscodeFolder, 'out', 'server-main.js'),
      ...['--install-extension', vsix, '--server-data-dir', dataFolder, '--accept-server-license-terms'],
    ],
    { cwd: dataFolder, env: { NODE_OPTIONS: undefined }, timeoutMs: 120_000 },
  );
}
