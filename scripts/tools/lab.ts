// The practice lab as a process of its own, for tests and for npm start.
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './paths.ts';
import { start, stop } from './process.ts';

export interface RunningLab {
  /** Path of a kubeconfig that reaches it. */
  kubeconfig: string;
  /** Resolves when the lab has ended, by itself or by {@link RunningLab.stop}. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

/** Starts dist/lab.js and waits for the path of its kubeconfig, the first line it prints. */
export async function startLab(args: readonly string[] = []): Promise<RunningLab> {
  const child = start(process.execPath, [path.join(root, 'dist', 'lab.js'), '--with-parent', ...args], {
    leash: true,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let timer: NodeJS.Timeout | undefined;
  try {
    const kubeconfig = await new Promise<string>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`The practice lab printed nothing for ${startLimitMs / 1000} s.\n${said}`)),
        startLimitMs,
      );
      child.once('error', reject);
      child.once('close', (code) =>
        reject(new Error(`The practice lab ended with ${code} as it started:\n${said}`)),
      );
      if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
    });
    child.stdout?.resume();
    return { kubeconfig: kubeconfig.trim(), ended, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
