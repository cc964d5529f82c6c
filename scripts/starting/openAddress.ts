import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findCommand } from '../tools/apt.ts';
import { start } from '../tools/process.ts';

/**
 * Shows an address in the user's browser, if there is a screen. The address holds a token, and a command line is
 * public on the machine: so the browser gets a file that only this user can read, and follows it.
 */
export async function openAddress(url: string, folder: string): Promise<boolean> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && (DISPLAY ?? WAYLAND_DISPLAY) === undefined) return false;
  const opener = await findCommand(process.platform === 'darwin' ? 'open' : 'xdg-open');
  if (opener === undefined) return false;
  const page = path.join(folder, 'open.html');
  const target = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  await writeFile(page, `<meta http-equiv="refresh" content="0; url=${target}">\n`, { mode: 0o600 });
  start(opener, [page]);
  return true;
}
