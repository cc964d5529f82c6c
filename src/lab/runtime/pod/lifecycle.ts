import { podAddresses, type Container as ContainerSpec, type Pod, type ProbeHandler } from '../kube.ts';
import { Deadline, delay } from '../system/wait.ts';
import type { ContainerState } from '../types.ts';
import { RunningContainer, StartError, type ContainerWorld } from './container.ts';
import type { ContainerLog } from './logs.ts';
import { Prober } from './prober.ts';
import { runProbe } from './probeRun.ts';

/** How the kubelet paces restarts and pulls, in milliseconds. */
export interface Pace {
  readonly restartFirst: number;
  readonly restartMost: number;
  /** A container that ran so long starts over with the shortest pause. */
  readonly restartForgets: number;
  readonly retry: number;
  /** How often changed ConfigMaps and Secrets are brought into volumes. */
  readonly sync: number;
}

export const kubeletPace: Pace = {
  restartFirst: 10_000,
  restartMost: 300_000,
  restartForgets: 600_000,
  retry: 10_000,
  sync: 10_000,
};

type State = ContainerState['state'];

/** The exit code that stands for a program that could not be started. */
const startFailure = 128;

/** A container through all its runs: start, probes, end, pause, restart. */
export class ContainerLifecycle {
  readonly name: string;
  current: RunningContainer | undefined;
  previousLog: ContainerLog | undefined;
  /** The log of the run that is or was last. */
  log: ContainerLog | undefined;
  state: State = { waiting: { reason: 'ContainerCreating' } };
  ready = false;
  /** Whether the startup probe has passed; sidecars hold the next init container back until then. */
  started = false;
  restartCount = 0;
  private spec: ContainerSpec;
  private readonly world: ContainerWorld;
  private readonly pod: () => Pod;
  private readonly pace: Pace;
  private readonly report: (state: ContainerState) => void;
  private readonly life = new AbortController();

  constructor(
    world: ContainerWorld,
    pod: () => Pod,
    spec: ContainerSpec,
    pace: Pace,
    report: (state: ContainerState) => void,
  ) {
    this.world = world;
    this.pod = pod;
    this.spec = spec;
    this.name = spec.name;
    this.pace = pace;
    this.report = report;
  }

  get image(): string | undefined {
    return this.spec.image;
  }

  /**
   * Runs the container until it has ended for good; resolves with its last exit code, or undefined when stopped.
   * `restart` says whether an exit code leads to another run.
   */
  async run(restart: (exitCode: number) => boolean): Promise<number | undefined> {
    try {
      return await this.runAll(restart);
    } catch (error) {
      // A fault of the lab itself: said where everybody looks for a container's trouble.
      const message = `practice lab: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
      this.change({ waiting: { reason: 'CreateContainerError', message } });
      return undefined;
    }
  }

  private async runAll(restart: (exitCode: number) => boolean): Promise<number | undefined> {
    const { signal } = this.life;
    let pause = this.pace.restartFirst;
    for (;;) {
      const started = await this.startWithRetries(restart);
      if (started === undefined) return undefined;
      const { exitCode, ran } = await this.untilExit(started);
      if (this.isStopped()) return undefined;
      if (!restart(exitCode)) return exitCode;
      if (ran >= this.pace.restartForgets) pause = this.pace.restartFirst;
      // The first restart is immediate; from then on the pauses double.
      if (this.restartCount > 0) {
        const message = `back-off ${duration(pause)} restarting failed container=${this.name} pod=${this.podName}`;
        this.change({ waiting: { reason: 'CrashLoopBackOff', message } });
        try {
          await delay(pause, signal);
        } catch (error) {
          if (this.isStopped()) return undefined;
          throw error;
        }
        pause = Math.min(pause * 2, this.pace.restartMost);
      }
      this.restartCount++;
    }
  }

  /** Another image: the present run ends and the next one has it. */
  replace(spec: ContainerSpec): void {
    this.spec = spec;
    this.current?.main.deliver('KILL');
  }

  /** Ends the container: first politely, then for good. Resolves when its processes have ended. */
  async stop(graceMilliseconds: number): Promise<void> {
    this.life.abort();
    const { current } = this;
    if (current === undefined) return;
    const timer = setTimeout(() => current.killAll(), graceMilliseconds);
    await this.hook(
      current,
      this.spec.lifecycle?.preStop,
      new Deadline(graceMilliseconds, current.main.signal),
    );
    const processes = [...current.kernel.processes.values()];
    current.main.deliver('TERM');
    await current.main.exited;
    clearTimeout(timer);
    current.killAll();
    await Promise.all(processes.map((process) => process.exited));
  }

  /** Runs a lifecycle hook; true when there is none, or when it succeeded in time. */
  private async hook(
    container: RunningContainer,
    handler: ProbeHandler | undefined,
    limit: Deadline,
  ): Promise<boolean> {
    if (handler === undefined) return true;
    const pod = this.pod();
    const address = podAddresses(pod)[0] ?? '127.0.0.1';
    const { spec } = this;
    const passed = await runProbe({ probe: handler, pod, spec, container, address, signal: limit.signal });
    limit.end();
    return passed;
  }

  private async afterStart(container: RunningContainer): Promise<void> {
    const limit = new Deadline(Number.POSITIVE_INFINITY, container.main.signal);
    // As the kubelet does: a container whose postStart hook fails is killed.
    if (!(await this.hook(container, this.spec.lifecycle?.postStart, limit))) container.main.deliver('KILL');
  }

  private isStopped(): boolean {
    return this.life.signal.aborted;
  }

  private get podName(): string {
    const { metadata } = this.pod();
    return `${metadata.name}_${metadata.namespace ?? 'default'}(${metadata.uid})`;
  }

  /** Tries until the container starts; undefined when it is stopped meanwhile. */
  private async startWithRetries(
    restart: (exitCode: number) => boolean,
  ): Promise<RunningContainer | undefined> {
    let pause = this.pace.retry;
    for (;;) {
      if (this.isStopped()) return undefined;
      try {
        return RunningContainer.start(this.world, this.pod(), this.spec);
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        this.change({ waiting: { reason: error.reason, message: error.message } });
        if (error.reason === 'RunContainerError') {
          this.startFailed(error);
          if (!restart(startFailure)) return undefined;
        }
        try {
          await this.pauseAfter(error, pause);
        } catch (aborted) {
          if (this.isStopped()) return undefined;
          throw aborted;
        }
        pause = Math.min(pause * 2, this.pace.restartMost);
      }
    }
  }

  private async pauseAfter(error: StartError, pause: number): Promise<void> {
    const { signal } = this.life;
    if (error.reason === 'ErrImagePull') {
      await delay(Math.min(pause, 1000), signal);
      const message = `Back-off pulling image "${this.spec.image ?? ''}": ErrImagePull: ${error.message}`;
      this.change({ waiting: { reason: 'ImagePullBackOff', message } });
    } else if (error.reason === 'RunContainerError') {
      this.restartCount++;
      const message = `back-off ${duration(pause)} restarting failed container=${this.name} pod=${this.podName}`;
      this.change({ waiting: { reason: 'CrashLoopBackOff', message } });
    }
    await delay(pause, signal);
  }

  private startFailed(error: StartError): void {
    this.change({
      terminated: {
        exitCode: startFailure,
        reason: 'StartError',
        message: error.message,
        startedAt: '1970-01-01T00:00:00Z',
        finishedAt: timestamp(new Date()),
      },
    });
  }

  private async untilExit(container: RunningContainer): Promise<{ exitCode: number; ran: number }> {
    this.previousLog = this.log;
    this.current = container;
    this.log = container.log;
    const prober = new Prober(container, this.spec, this.pod, (change) => {
      Object.assign(this, change);
      this.emit();
    });
    this.started = this.spec.startupProbe === undefined;
    this.ready = this.started && this.spec.readinessProbe === undefined;
    this.change({ running: { startedAt: timestamp(container.startedAt) } });
    prober.start();
    void this.afterStart(container);
    const exitCode = await container.main.exited;
    prober.stop();
    this.current = undefined;
    this.ready = false;
    this.started = false;
    const finished = new Date();
    this.change({
      terminated: {
        exitCode,
        reason: exitCode === 0 ? 'Completed' : 'Error',
        startedAt: timestamp(container.startedAt),
        finishedAt: timestamp(finished),
      },
    });
    return { exitCode, ran: finished.getTime() - container.startedAt.getTime() };
  }

  private change(state: State): void {
    this.state = state;
    this.emit();
  }

  private emit(): void {
    const { name, state, restartCount, ready } = this;
    this.report({ container: name, state, restartCount, ready });
  }
}

/** As the API writes times: seconds, no fraction. */
function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
