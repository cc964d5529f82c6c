import { delay } from '../../base/cancellation.ts';
import { t } from '../../base/l10n.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { labelOf, limitsOf, recordOf, type Attempt } from '../attempt.ts';
import type { Checker, CheckRecord, CheckRequest, CheckTarget } from '../check.ts';
import type { Exec, ExecOutcome } from '../exec.ts';
import { faultOf } from '../faults.ts';
import { reading, type Limits } from '../reading.ts';
import { bash } from '../tools/bash.ts';
import { curl, verboseCurl } from '../tools/curl.ts';
import { missingProgram } from '../tools/endings.ts';
import { nc } from '../tools/nc.ts';
import { wget } from '../tools/wget.ts';
import { finishedOf, readBatch, type BatchLine } from './answer.ts';
import { parallelCurl, readParallelCurl } from './parallelCurl.ts';
import { batchCommand, batchInput, type BatchProbe } from './script.ts';

/** One source, many targets. */
export interface BatchRequest extends Omit<CheckRequest, 'target'> {
  readonly targets: readonly CheckTarget[];
}

export interface BatchOptions {
  /** The container's image, as far as known: containers of one image have the same tools. */
  readonly imageOf?: (container: ContainerRef) => string | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How many probes run in a container at once; default 32. */
  readonly atOnce?: number;
}

/** In the order of the ladder. perl and python run one check an exec: their scripts would not fit a request. */
const batchProbes: readonly BatchProbe[] = [
  { probe: curl, again: { probe: verboseCurl, pattern: 'connect to server' } },
  { probe: wget, again: { probe: nc, pattern: 'download timed out' } },
  { probe: bash },
];

const survey = 'for tool do command -v "$tool" >/dev/null 2>&1 && echo "$tool"; done; echo END';
const surveyed = ['curl', 'env', 'timeout', 'wget', 'bash'];
const surveyTimeoutMs = 10_000;
const graceMs = 5_000;
const retryAfterMs = 200;
/** More than the script prints of one target. */
const bytesPerTarget = 2_048;

/**
 * Makes many checks from one container by one exec: by one curl, or by a shell that starts a tool a target. Where that is not possible (no shell, no tool a shell can use in
 * parallel) every target is a check of its own.
 */
export class BatchChecker {
  readonly #exec: Exec;
  readonly #checker: Checker;
  readonly #imageOf: (container: ContainerRef) => string | undefined;
  readonly #now: () => number;
  readonly #atOnce: number;
  readonly #probes = new Map<string, Promise<BatchProbe | undefined>>();
  /** Images whose curl cannot ask many URLs at once, or that have none. */
  readonly #withoutParallelCurl = new Set<string>();

  /** @param checker makes the checks that do not fit a batch. */
  constructor(exec: Exec, checker: Checker, options: BatchOptions = {}) {
    this.#exec = exec;
    this.#checker = checker;
    this.#imageOf = options.imageOf ?? (() => undefined);
    this.#now = options.now ?? Date.now;
    this.#atOnce = options.atOnce ?? 32;
  }

  /**
   * The records in the order of the targets. Faults on the way are inconclusive records, not errors.
   * @throws CancelledError once the signal aborts.
   */
  async check(request: BatchRequest, signal: AbortSignal): Promise<readonly CheckRecord[]> {
    const { targets } = request;
    // Names and UDP have tools of their own; they are asked one by one, beside the rest.
    const other = targets.filter(({ scheme }) => scheme === 'dns' || scheme === 'udp');
    if (other.length > 0 && other.length < targets.length) {
      const tcp = targets.filter((target) => !other.includes(target));
      const [first, second] = await Promise.all([
        this.check({ ...request, targets: tcp }, signal),
        this.#oneByOne({ ...request, targets: other }, signal),
      ]);
      const found = new Map([...tcp, ...other].map((target, at) => [target, [...first, ...second][at]]));
      return targets.flatMap((target) => found.get(target) ?? []);
    }
    if (targets.length < 2 || other.length > 0) return this.#oneByOne(request, signal);
    const image = this.#imageOf(request.from) ?? labelOf(request.from);
    if (!this.#withoutParallelCurl.has(image)) {
      const records = await this.#byOneCurl(request, signal);
      if (records !== undefined) return records;
      this.#withoutParallelCurl.add(image);
    }
    const found = await this.#probeFor(request.from, signal);
    if (found === undefined) return this.#oneByOne(request, signal);
    return this.#byScript(request, found, signal);
  }

  /** All targets by one curl; undefined where the container has none that can. */
  async #byOneCurl(request: BatchRequest, signal: AbortSignal): Promise<readonly CheckRecord[] | undefined> {
    const { from, targets } = request;
    const startedAt = new Date(this.#now()).toISOString();
    const limits = limitsOf(request);
    const { command, stdin, lines } = parallelCurl(targets, limits, this.#atOnce);
    const outcome = await this.#run(request, command, stdin, 1, signal);
    const answers = readParallelCurl('stdout' in outcome ? outcome.stdout : '', lines);
    const cannot = outcome.is === 'program-missing' || outcome.is === 'exited';
    if (answers.size === 0 && cannot) return undefined;
    const records = targets.map((target, id) => {
      const finished = answers.get(id);
      if (finished === undefined) {
        return recordOf({ from, target }, startedAt, unanswered(outcome, { probe: curl }, target, limits));
      }
      return recordOf({ from, target }, startedAt, {
        reading: curl.read(finished, target),
        command: curl.command(target, limits),
        exitCode: finished.exitCode,
        output: finished.stdout + (finished.stderr === '' ? '' : `\n${finished.stderr}`),
      });
    });
    return this.#lookAgain(request, records, signal);
  }

  /** Asks once more, with words, where curl does not tell a refusal from a missing route. */
  async #lookAgain(
    request: BatchRequest,
    records: readonly CheckRecord[],
    signal: AbortSignal,
  ): Promise<readonly CheckRecord[]> {
    const unclear = records.flatMap(({ reason }, id) => (reason === 'could-not-connect' ? [id] : []));
    if (unclear.length === 0) return records;
    const targets = unclear.flatMap((id) => request.targets[id] ?? []);
    const again = await this.#byScript({ ...request, targets }, { probe: verboseCurl }, signal);
    const better = new Map(unclear.map((id, index) => [id, again[index]]));
    return records.map((record, id) => {
      const second = better.get(id);
      return second === undefined || second.verdict === 'inconclusive' ? record : second;
    });
  }

  async #byScript(
    request: BatchRequest,
    found: BatchProbe,
    signal: AbortSignal,
  ): Promise<readonly CheckRecord[]> {
    const { from, targets } = request;
    const startedAt = new Date(this.#now()).toISOString();
    const limits = limitsOf(request);
    const command = batchCommand(found, limits, this.#atOnce);
    const looks = found.again === undefined ? 1 : 2;
    const outcome = await this.#run(request, command, batchInput(targets), looks, signal);
    const { lines } = readBatch('stdout' in outcome ? outcome.stdout : '', targets.length);
    return targets.map((target, id) => {
      const line = lines.get(id);
      const attempt =
        line === undefined
          ? unanswered(outcome, found, target, limits)
          : answered(line, found, target, limits);
      return recordOf({ from, target }, startedAt, attempt);
    });
  }

  /**
   * A connection to the container that failed may be tried again: it says nothing about the network.
   * @param looks how often a target is asked at most.
   */
  async #run(
    request: BatchRequest,
    command: readonly string[],
    stdin: string,
    looks: number,
    signal: AbortSignal,
  ): Promise<ExecOutcome> {
    const { targets } = request;
    const waves = Math.ceil(targets.length / this.#atOnce);
    const exec = {
      target: request.from,
      command,
      stdin,
      timeoutMs: waves * looks * (limitsOf(request).total + 1) * 1_000 + graceMs,
      outputLimit: Math.max(65_536, targets.length * bytesPerTarget),
    };
    const outcome = await this.#exec.run(exec, signal);
    if (outcome.is !== 'transport-failed') return outcome;
    await delay(retryAfterMs, signal);
    return this.#exec.run(exec, signal);
  }

  /** What a batch can use in this container; asked once an image, however many ask at the same time. */
  #probeFor(from: ContainerRef, signal: AbortSignal): Promise<BatchProbe | undefined> {
    const image = this.#imageOf(from) ?? labelOf(from);
    const known = this.#probes.get(image);
    if (known !== undefined) return known;
    const asked = this.#survey(from, signal, () => this.#probes.delete(image));
    this.#probes.set(image, asked);
    return asked;
  }

  /** undefined: nothing, or it could not be found out; that is not remembered. */
  async #survey(
    from: ContainerRef,
    signal: AbortSignal,
    forget: () => void,
  ): Promise<BatchProbe | undefined> {
    const outcome = await this.#exec
      .run(
        { target: from, command: ['sh', '-c', survey, 'sh', ...surveyed], timeoutMs: surveyTimeoutMs },
        signal,
      )
      .catch((error: unknown) => {
        forget();
        throw error;
      });
    // A fault says nothing about the image: the checks that follow will name it.
    if (outcome.is !== 'exited' && outcome.is !== 'program-missing') {
      forget();
      return undefined;
    }
    const has = new Set(outcome.is === 'exited' ? outcome.stdout.split('\n') : []);
    if (!has.has('END')) return undefined;
    return batchProbes.find(({ probe }) => probe.programs.every((program) => has.has(program)));
  }

  async #oneByOne(request: BatchRequest, signal: AbortSignal): Promise<readonly CheckRecord[]> {
    const { targets, ...common } = request;
    const records: CheckRecord[] = [];
    for (const target of targets) records.push(await this.#checker.check({ ...common, target }, signal));
    return records;
  }
}

function answered(line: BatchLine, found: BatchProbe, target: CheckTarget, limits: Limits): Attempt {
  const probe = line.again ? (found.again?.probe ?? found.probe) : found.probe;
  const finished = finishedOf(probe, line);
  const missing = missingProgram(finished, probe.programs);
  return {
    reading:
      missing === undefined
        ? probe.read(finished, target)
        : reading(probe.tool, 'tool-failed', t('{0} is missing', missing)),
    command: probe.command(target, limits),
    exitCode: line.exitCode,
    output: line.text,
  };
}

/** A target without a line of its own: the reason is how the exec ended, or that the line was lost. */
function unanswered(
  outcome: ExecOutcome,
  { probe }: BatchProbe,
  target: CheckTarget,
  limits: Limits,
): Attempt {
  const command = probe.command(target, limits);
  if (outcome.is === 'exited') {
    const said = outcome.stderr.trim().split('\n').at(-1) ?? '';
    const reason = outcome.exitCode === 0 ? 'no-output' : 'tool-failed';
    return {
      reading: reading(probe.tool, reason, said),
      command,
      exitCode: outcome.exitCode,
      output: outcome.stderr,
    };
  }
  const { reason, message } =
    outcome.is === 'program-missing'
      ? { reason: 'exec-failed' as const, message: outcome.message }
      : faultOf(outcome);
  return { reading: reading(probe.tool, reason, message), command, exitCode: null, output: '' };
}
