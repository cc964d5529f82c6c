import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The practice lab in its own process, as users start it. */
export class LabProcess {
  readonly kubeconfig: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, kubeconfig: string) {
    this.#child = child;
    this.kubeconfig = kubeconfig;
  }

  static async start(...options: string[]): Promise<LabProcess> {
    const main = process.env.PODNET_LAB_JS ?? path.join(import.meta.dirname, '../../src/lab/main.ts');
    const child = spawn(process.execPath, [main, '--with-parent', ...options], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'exit').then(([code]: unknown[]) => {
      throw new Error(`the lab ended with ${String(code)} as it started`);
    });
    ended.catch(() => undefined);
    const [first] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    return new LabProcess(child, first);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exit;
  }
}
