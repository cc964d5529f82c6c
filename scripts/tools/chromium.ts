// A headless Chromium for the workbench.
import { chromium, type Browser } from 'playwright-core';
import { ensureChromium, type Say } from './apt.ts';

/** Keeps Chromium from looking for updates and accounts, which fails slowly in a closed network. */
const quiet = [
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium; without its sandbox as root, where Chromium refuses to run with it. */
export async function startChromium(say: Say): Promise<Browser> {
  const executablePath = await ensureChromium(say);
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox', ...quiet] : quiet });
}
