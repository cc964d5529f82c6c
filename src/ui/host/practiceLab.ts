import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import { ExplainedError } from '../../base/errors.ts';
import { Emitter, type Disposable } from '../../base/event.ts';
import { oneLine } from '../../base/hostileText.ts';

const startLimitMs = 30_000;
const run = promisify(execFile);

/** Something to practise, as the lab's `--list-scenarios --json` says it. */
export interface LabScenario {
  readonly id: string;
  readonly title: string;
  /** The question to explain, in the words of `podnet trace`; undefined where there is nothing to ask. */
  readonly ask?: { readonly from: string; readonly to: string };
}

interface Running {
  readonly process: ChildProcess;
  readonly kubeconfig: Promise<string>;
}

/** The practice lab as a child process: it ends with this extension host, or earlier when stopped. */
export class PracticeLab implements Disposable {
  readonly #program: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new Emitter<void>();
  #running: Running | undefined;
  /** What the lab holds from its next start on; undefined: the lesson. */
  practised: LabScenario | undefined;

  /** Fires when the lab starts, and when it ends for whatever reason. */
  readonly onDidChange = this.#changed.event;

  /** @param program the lab's bundle, an absolute path. */
  constructor(program: string, log: vscode.LogOutputChannel) {
    this.#program = program;
    this.#log = log;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Starts the lab unless it runs.
   * @returns the path of its kubeconfig.
   * @throws ExplainedError where it does not come up; CancelledError, which leaves it starting.
   */
  async start(signal: AbortSignal): Promise<string> {
    this.#running ??= this.#spawn();
    const { kubeconfig } = this.#running;
    let stopWaiting: (() => void) | undefined;
    const cancelled = new Promise<never>((_, reject) => {
      stopWaiting = () => reject(new CancelledError());
      if (signal.aborted) stopWaiting();
      else signal.addEventListener('abort', stopWaiting, { once: true });
    });
    try {
      return await Promise.race([kubeconfig, cancelled]);
    } finally {
      if (stopWaiting) signal.removeEventListener('abort', stopWaiting);
    }
  }

  /**
   * What there is to practise.
   * @throws ExplainedError where the lab's program does not say.
   */
  async scenarios(signal: AbortSignal): Promise<readonly LabScenario[]> {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const options = { env, signal, timeout: startLimitMs };
    try {
      const { stdout } = await run(process.execPath, [this.#program, '--list-scenarios', '--json'], options);
      return JSON.parse(stdout) as readonly LabScenario[];
    } catch (error) {
      if (signal.aborted) throw new CancelledError();
      throw new ExplainedError(
        'no-scenarios',
        vscode.l10n.t('The practice lab does not say what there is to practise'),
        { remedy: vscode.l10n.t('The log holds what it said.'), cause: error },
      );
    }
  }

  /** Ends the lab; all that was changed in it is lost. Resolves when its process is gone. */
  async stop(): Promise<void> {
    const child = this.#running?.process;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill();
    await gone;
  }

  dispose(): void {
    this.#running?.process.kill();
    this.#changed.dispose();
  }

  #spawn(): Running {
    // In desktop VS Code execPath is Electron, which is Node when this variable is set.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const what = this.practised === undefined ? [] : ['--scenario', this.practised.id];
    const child = spawn(process.execPath, [this.#program, '--with-parent', ...what], {
      // The lab ends when its input closes, which it does with this process, however that ends.
      stdio: ['pipe', 'pipe', 'pipe'],
      env,
    });
    const kubeconfig = this.#firstLine(child);
    // Everyone who waits hears of a failure; without a waiter it is in the log, and no unhandled rejection.
    kubeconfig.catch(() => undefined);
    child.once('close', () => {
      if (this.#running?.process !== child) return;
      this.#running = undefined;
      this.#log.info('The practice lab has ended.');
      this.#changed.fire();
    });
    queueMicrotask(() => this.#changed.fire());
    return { process: child, kubeconfig };
  }

  #firstLine(child: ChildProcess): Promise<string> {
    const lastWords: string[] = [];
    return new Promise((resolve, reject) => {
      const fail = (message: string): void => {
        child.kill();
        reject(
          new ExplainedError('lab-did-not-start', message, {
            remedy: vscode.l10n.t('The log holds what it said.'),
            cause: lastWords.length > 0 ? lastWords.join('\n') : undefined,
          }),
        );
      };
      const timer = setTimeout(() => {
        fail(vscode.l10n.t('The practice lab did not start within {0} seconds', startLimitMs / 1000));
      }, startLimitMs);
      child.once('error', (error) => {
        clearTimeout(timer);
        fail(vscode.l10n.t('The practice lab cannot be started: {0}', error.message));
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        fail(vscode.l10n.t('The practice lab ended as it started ({0})', String(code ?? signal)));
      });
      if (child.stdout) {
        createInterface({ input: child.stdout }).once('line', (line) => {
          clearTimeout(timer);
          this.#log.info(`The practice lab runs. Its kubeconfig: ${line}`);
          resolve(line.trim());
        });
        child.stdout.resume();
      }
      if (child.stderr) {
        createInterface({ input: child.stderr }).on('line', (line) => {
          this.#log.info(`practice lab: ${oneLine(line, 1000)}`);
          lastWords.push(oneLine(line, 1000));
          if (lastWords.length > 20) lastWords.shift();
        });
      }
    });
  }
}
