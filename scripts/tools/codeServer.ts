// VS Code without a download from Microsoft: the npm package code-server holds the same workbench, the same
// server and the same extension host. Only that server is used, never code-server's own program.
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureCompiler, type Say } from './apt.ts';
import { cached, exists } from './cache.ts';
import { mustRun, type RunOptions } from './process.ts';

export type HostName = 'oldest' | 'newest';

interface HostVersion {
  codeServer: string;
  /** VS Code's own version inside it. */
  vscode: string;
  /** The Node it is built for and run with. */
  node: string;
}

/** The versions the suite runs on; `oldest` is what engines.vscode in package.json promises. */
export const hostVersions: Readonly<Record<HostName, HostVersion>> = {
  oldest: { codeServer: '4.117.0', vscode: '1.117.0', node: '22.23.3' },
  newest: { codeServer: '4.139.1', vscode: '1.139.1', node: '24.21.0' },
};

/** VS Code's search binary, in the one package that holds it for every platform. */
const ripgrep = '@vscode/ripgrep-universal@1.18.0';

/** What the server needs compiled; node-pty, the file watcher and ripgrep come as binaries. */
const compiled = ['@vscode/spdlog', '@vscode/native-watchdog', '@vscode/deviceid'];

export interface InstalledHost extends HostVersion {
  /** The Node binary to run the server with. */
  nodeBinary: string;
  /** The folder of VS Code's server: out/server-main.js, product.json, extensions/. */
  vscodeFolder: string;
}

function nodePackage(): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return [prefix, platform, process.arch].join('-');
}

const vscodePart = path.join('node_modules', 'code-server', 'lib', 'vscode');

/** Puts ripgrep where this version of VS Code looks for it; newer ones bring it themselves. */
async function placeRipgrep(folder: string): Promise<void> {
  const wanted = path.join(folder, vscodePart, 'node_modules', '@vscode', 'ripgrep');
  if (!(await exists(wanted)) || (await exists(path.join(wanted, 'bin')))) return;
  const bin = path.join(folder, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  await mkdir(path.join(wanted, 'bin'));
  await cp(path.join(bin, `${process.platform}-${process.arch}`, 'rg'), path.join(wanted, 'bin', 'rg'));
  await chmod(path.join(wanted, 'bin', 'rg'), 0o755);
}

async function fill(folder: string, version: HostVersion, say: Say): Promise<void> {
  const node = nodePackage();
  const manifest = { name: 'host', private: true, description: 'Installed by Pod Network Explorer.' };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  const nodeFolder = path.join(folder, 'node_modules', node);
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const npm = async (cwd: string, args: string[], env: RunOptions['env'] = {}): Promise<void> => {
    await mustRun('npm', [...args, ...quiet], {
      cwd,
      // npm itself runs with the host's Node, so that packages are chosen and built for that one.
      path: [path.join(nodeFolder, 'bin')],
      env: { ...npmFree(), ...env },
      timeoutMs: 15 * 60_000,
    });
  };
  // Install scripts stay off: most of them fetch from elsewhere or build what the server never loads.
  const unscripted = ['install', '--ignore-scripts', '--omit=dev'];
  await npm(folder, [...unscripted, `${node}@${version.node}`]);
  say(`VS Code ${version.vscode}: fetching code-server ${version.codeServer}`);
  await npm(folder, [...unscripted, `code-server@${version.codeServer}`, ripgrep]);
  const vscode = path.join(folder, vscodePart);
  await npm(vscode, unscripted);
  await npm(path.join(vscode, 'extensions'), unscripted);
  await placeRipgrep(folder);

  say(`VS Code ${version.vscode}: compiling its native modules`);
  await npm(vscode, ['rebuild', ...compiled], {
    // Headers of the very Node it runs on; node-gyp would download them otherwise.
    npm_config_nodedir: nodeFolder,
    // npm 12 asks for consent to install scripts; these three packages are the consent.
    npm_config_dangerously_allow_all_scripts: 'true',
  });
  await rm(path.join(folder, 'package-lock.json'), { force: true });
}

/** Takes away what `npm test` put into the environment: it would steer the npm run inside the cache. */
function npmFree(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => /^npm_(package|lifecycle|command)/.test(name));
  return Object.fromEntries([...names, 'INIT_CWD', 'NODE_OPTIONS'].map((name) => [name, undefined]));
}

/** The VS Code server of that name, installed into the cache folder at the first use (under a minute). */
export async function ensureHost(name: HostName, say: Say): Promise<InstalledHost> {
  const version = hostVersions[name];
  const folder = await cached(
    `code-server-${version.codeServer}-node-${version.node}`,
    async (target) => {
      await ensureCompiler(say);
      await fill(target, version, say);
      say(`VS Code ${version.vscode}: installed`);
    },
    say,
  );
  const vscodeFolder = path.join(folder, vscodePart);
  const manifest = JSON.parse(await readFile(path.join(vscodeFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    ...version,
    vscode: manifest.version,
    nodeBinary: path.join(folder, 'node_modules', nodePackage(), 'bin', 'node'),
    vscodeFolder,
  };
}
