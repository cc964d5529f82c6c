import { podAddresses, type Container as ContainerSpec, type Pod, type Probe } from '../kube.ts';
import { Deadline, delay } from '../system/wait.ts';
import type { RunningContainer } from './container.ts';
import { runProbe } from './probeRun.ts';

/** Servers need a moment before they listen; a real kubelet notices a new container no sooner. */
function firstLook(probe: Probe): number {
  return Math.min(1000, (probe.periodSeconds ?? 10) * 1000);
}

type Change = { ready: boolean } | { started: boolean; ready: boolean };

/** Runs the probes of one container run, in real time and over the lab's network, as the kubelet does. */
export class Prober {
  private readonly container: RunningContainer;
  private readonly spec: ContainerSpec;
  private readonly pod: () => Pod;
  private readonly changed: (change: Change) => void;
  private readonly life = new AbortController();

  constructor(
    container: RunningContainer,
    spec: ContainerSpec,
    pod: () => Pod,
    changed: (change: Change) => void,
  ) {
    this.container = container;
    this.spec = spec;
    this.pod = pod;
    this.changed = changed;
  }

  start(): void {
    void this.run();
  }

  stop(): void {
    this.life.abort();
  }

  private async run(): Promise<void> {
    const { startupProbe, readinessProbe, livenessProbe } = this.spec;
    try {
      if (startupProbe) {
        const passed = await this.untilPassed(startupProbe);
        if (!passed) {
          this.container.main.deliver('KILL');
          return;
        }
        this.changed({ started: true, ready: readinessProbe === undefined });
      }
      await Promise.all([
        readinessProbe ? this.watch(readinessProbe, (ready) => this.changed({ ready })) : undefined,
        livenessProbe
          ? this.watch(livenessProbe, (alive) => {
              if (!alive) this.container.main.deliver('KILL');
            })
          : undefined,
      ]);
    } catch (error) {
      if (!this.life.signal.aborted) throw error;
    }
  }

  private async untilPassed(probe: Probe): Promise<boolean> {
    await delay(Math.max((probe.initialDelaySeconds ?? 0) * 1000, firstLook(probe)), this.life.signal);
    for (let failures = 0; failures < (probe.failureThreshold ?? 3); failures++) {
      if (await this.once(probe)) return true;
      await delay((probe.periodSeconds ?? 10) * 1000, this.life.signal);
    }
    return false;
  }

  private async watch(probe: Probe, report: (passing: boolean) => void): Promise<void> {
    await delay(Math.max((probe.initialDelaySeconds ?? 0) * 1000, firstLook(probe)), this.life.signal);
    let passing: boolean | undefined;
    let successes = 0;
    let failures = 0;
    for (;;) {
      if (await this.once(probe)) {
        successes++;
        failures = 0;
      } else {
        failures++;
        successes = 0;
      }
      if (passing !== true && successes >= (probe.successThreshold ?? 1)) {
        passing = true;
        report(true);
      } else if (passing !== false && failures >= (probe.failureThreshold ?? 3)) {
        passing = false;
        report(false);
      }
      await delay((probe.periodSeconds ?? 10) * 1000, this.life.signal);
    }
  }

  private async once(probe: Probe): Promise<boolean> {
    const pod = this.pod();
    const address = podAddresses(pod)[0] ?? '127.0.0.1';
    const limit = new Deadline((probe.timeoutSeconds ?? 1) * 1000, this.life.signal);
    const { spec, container } = this;
    const passed = await runProbe({ probe, pod, spec, container, address, signal: limit.signal });
    limit.end();
    return passed;
  }
}
