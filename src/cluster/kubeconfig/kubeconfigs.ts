import { Emitter, type Disposable, type Event } from '../../base/event.ts';
import type { Contexts } from '../../model/connection.ts';
import { processEnvironment, type Environment } from '../environment.ts';
import { FileWatch } from './fileWatch.ts';
import { kubeconfigFiles } from './locate.ts';
import { mergeKubeconfigs, resolveContext, type MergedKubeconfig } from './merge.ts';
import { readKubeconfigFile } from './readFile.ts';
import type { KubeconfigProblem, ResolvedContext } from './types.ts';

export interface KubeconfigsOptions {
  /** A file chosen in the settings or on the command line; it alone is then read. */
  readonly file?: string | undefined;
  readonly environment?: Pick<Environment, 'env' | 'homedir'>;
  /** How long writers may take before a changed file is read again, in milliseconds. */
  readonly debounceMs?: number;
}

/**
 * The user's kubeconfig: which files, what they say, and when that changes. Reads when asked, watches while
 * somebody listens, never writes.
 */
export class Kubeconfigs implements Disposable {
  readonly #environment: Pick<Environment, 'env' | 'homedir'>;
  readonly #debounceMs: number;
  readonly #changed = new Emitter<void>();
  #file: string | undefined;
  #watch: FileWatch | undefined;
  #reading: Promise<MergedKubeconfig> | undefined;

  constructor(options: KubeconfigsOptions = {}) {
    this.#environment = options.environment ?? processEnvironment();
    this.#debounceMs = options.debounceMs ?? 200;
    this.#file = options.file;
  }

  /** The files in use, whether they exist or not. */
  get files(): readonly string[] {
    return kubeconfigFiles(this.#file, this.#environment);
  }

  /** Fires after a file changed, came or went, or after another file was chosen. The files are watched while it has a listener. */
  readonly onDidChange: Event<void> = (listener) => {
    const subscription = this.#changed.event(listener);
    this.#watch ??= this.#startWatch();
    return {
      dispose: () => {
        subscription.dispose();
        if (!this.#changed.hasListeners) this.#stopWatch();
      },
    };
  };

  /** Reads another file, or with undefined those of the environment. */
  setFile(file: string | undefined): void {
    if (file === this.#file) return;
    this.#file = file;
    if (this.#watch !== undefined) {
      this.#stopWatch();
      this.#watch = this.#startWatch();
    }
    this.#changed.fire();
  }

  async read(): Promise<Contexts> {
    return (await this.#merged()).contexts;
  }

  /** What cannot be used, though other parts can. */
  async problems(): Promise<readonly KubeconfigProblem[]> {
    return (await this.#merged()).problems;
  }

  /**
   * All that is needed to connect to a context, as the files say now.
   * @throws ExplainedError `unknown-context`, `unknown-cluster`, `unknown-user`.
   */
  async resolve(context: string): Promise<ResolvedContext> {
    return resolveContext(await this.#merged(), context);
  }

  dispose(): void {
    this.#stopWatch();
    this.#changed.dispose();
  }

  /** Always what is on the disk: files are small, and a stale token costs more than reading them. */
  #merged(): Promise<MergedKubeconfig> {
    this.#reading ??= Promise.all(this.files.map(readKubeconfigFile))
      .then(mergeKubeconfigs)
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  #startWatch(): FileWatch {
    return new FileWatch(this.files, () => this.#changed.fire(), this.#debounceMs);
  }

  #stopWatch(): void {
    this.#watch?.dispose();
    this.#watch = undefined;
  }
}
