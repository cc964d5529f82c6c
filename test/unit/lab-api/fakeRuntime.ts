/** A stand-in for the pod runtime: containers run at once, exec echoes its command, logs are two lines. */
import { PassThrough } from 'node:stream';
import type { Duplex } from 'node:stream';
import { allContainers } from '../../../src/lab/objects/pod.ts';
import type { Pod } from '../../../src/lab/objects/pod.ts';
import type {
  ContainerState,
  ExecOptions,
  ExecSession,
  KubeObject,
  LogOptions,
  PodRuntime,
} from '../../../src/lab/runtime/types.ts';

type Listener = (podUid: string, state: ContainerState) => void;

export class FakeRuntime implements PodRuntime {
  readonly #listeners = new Set<Listener>();
  readonly started = new Set<string>();
  readonly stopped: string[] = [];
  /** Terminal sizes that processes were told. */
  readonly sizes: string[] = [];
  killed = 0;

  startPod(pod: KubeObject): void {
    this.started.add(pod.metadata.uid);
    for (const { name } of allContainers((pod as Pod).spec)) {
      setImmediate(() => {
        this.report(pod.metadata.uid, {
          container: name,
          state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
          restartCount: 0,
          ready: true,
        });
      });
    }
  }

  report(podUid: string, state: ContainerState): void {
    for (const listener of this.#listeners) listener(podUid, state);
  }

  stopPod(podUid: string): Promise<void> {
    this.stopped.push(podUid);
    return Promise.resolve();
  }

  onContainerState(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  exec(options: ExecOptions): ExecSession {
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const [program = '', ...rest] = options.command;
    let end: (result: { exitCode: number } | { notStarted: string }) => void = () => undefined;
    const exited = new Promise<{ exitCode: number } | { notStarted: string }>((resolve) => {
      end = (result) => {
        stdout.end();
        stderr.end();
        resolve(result);
      };
    });
    if (program === 'missing')
      end({ notStarted: 'error executing command in container: "missing" not found in $PATH' });
    else if (program === 'exit') end({ exitCode: Number(rest[0]) });
    else if (program === 'echo') {
      stdout.write(`${rest.join(' ')}\n`);
      end({ exitCode: 0 });
    }
    return {
      stdout,
      stderr,
      exited,
      writeStdin: (bytes) => stdout.write(bytes),
      endStdin: () => {
        if (program === 'cat') end({ exitCode: 0 });
      },
      resize: (columns, rows) => {
        this.sizes.push(`${columns}x${rows}`);
      },
      kill: () => {
        this.killed++;
        end({ exitCode: 137 });
      },
    };
  }

  async *logs(options: LogOptions): AsyncIterable<string> {
    yield await Promise.resolve(`first line of ${options.container}\n`);
    yield 'second line\n';
  }

  connect(): Promise<Duplex | undefined> {
    return Promise.resolve(undefined);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
