// Desktop VS Code, where there is one.
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findCommand } from '../tools/apt.ts';
import { hostVersions } from '../tools/codeServer.ts';
import { quietSettings } from '../tools/hostServer.ts';
import { root } from '../tools/paths.ts';
import { run, start } from '../tools/process.ts';

/** True for 1.117.0 and 1.116.9, in that order. */
function atLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

export type Desktop = { command: string; version: string } | { reason: string };

/** The desktop VS Code of this machine, or why there is none to use. */
export async function findDesktop(): Promise<Desktop> {
  const command = await findCommand('code');
  if (command === undefined) return { reason: 'there is no "code" on the PATH' };
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined || (await realpath(command)).includes('code-server')) {
    return { reason: `${command} belongs to a VS Code that runs remotely` };
  }
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && (DISPLAY ?? WAYLAND_DISPLAY) === undefined) {
    return { reason: 'there is no screen (DISPLAY is not set)' };
  }
  const asked = await run(command, ['--version'], { timeoutMs: 20_000 });
  const version = /^\d+\.\d+\.\d+/.exec(asked.stdout)?.[0];
  if (asked.code !== 0 || version === undefined) return { reason: `${command} does not tell its version` };
  const oldest = hostVersions.oldest.vscode;
  if (!atLeast(version, oldest)) return { reason: `${command} is ${version}, older than ${oldest}` };
  return { command, version };
}

/**
 * Opens a window with the extension in development, apart from the user's own windows and settings.
 * @returns resolves when the window is closed
 */
export async function openDesktop(
  command: string,
  options: { workspace: string; dataFolder: string; settings: Record<string, unknown> },
): Promise<{ ended: Promise<void> }> {
  const user = path.join(options.dataFolder, 'User');
  await mkdir(user, { recursive: true });
  const settings = {
    ...quietSettings,
    'security.workspace.trust.enabled': false,
    ...options.settings,
  };
  await writeFile(path.join(user, 'settings.json'), JSON.stringify(settings, null, 2), { mode: 0o600 });
  const child = start(command, [
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${options.dataFolder}`,
    `--extensions-dir=${path.join(options.dataFolder, 'extensions')}`,
    '--disable-workspace-trust',
    '--new-window',
    '--wait',
    // VS Code refuses to run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    options.workspace,
  ]);
  child.stderr?.pipe(process.stderr);
  return { ended: new Promise((resolve) => child.once('exit', () => resolve())) };
}
