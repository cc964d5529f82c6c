import { delay } from '../base/cancellation.ts';
import type { ContainerRef } from '../model/terminal.ts';
import { labelOf, limitsOf, recordOf, type Attempt } from './attempt.ts';
import type { Checker, CheckRecord, CheckRequest } from './check.ts';
import type { Exec, ExecOutcome } from './exec.ts';
import { faultOf } from './faults.ts';
import { ladderOf, secondLook } from './ladder.ts';
import { MissingPrograms } from './missingPrograms.ts';
import { reading, type Finished, type Limits, type Probe } from './reading.ts';
import { verdictOf } from './reason.ts';
import { missingProgram } from './tools/endings.ts';

/** How much longer an exec may take than the program in it, which ends itself. */
const graceMs = 5_000;
const retryAfterMs = 200;

/** A program of the probe is not in the container; `message` is who said so, in their words. */
interface Missing {
  readonly missing: string;
  readonly message: string;
}

/**
 * Makes checks through an Exec: curl first, and down the ladder only where a program is missing or broken. What an
 * image lacks is remembered for a minute, so that the common check is one exec.
 */
export class ContainerChecker implements Checker {
  readonly #exec: Exec;
  readonly #imageOf: (container: ContainerRef) => string | undefined;
  readonly #now: () => number;
  readonly #missing: MissingPrograms;

  /**
   * @param options.imageOf the container's image, as far as known: containers of one image have the same tools.
   * @param options.now milliseconds since the epoch.
   */
  constructor(
    exec: Exec,
    options: {
      readonly imageOf?: (container: ContainerRef) => string | undefined;
      readonly now?: () => number;
    } = {},
  ) {
    this.#exec = exec;
    this.#imageOf = options.imageOf ?? (() => undefined);
    this.#now = options.now ?? Date.now;
    this.#missing = new MissingPrograms(this.#now);
  }

  /** Looks for every tool anew, such as after one was installed. */
  forgetTools(): void {
    this.#missing.clear();
  }

  async check(request: CheckRequest, signal: AbortSignal): Promise<CheckRecord> {
    const startedAt = new Date(this.#now()).toISOString();
    return recordOf(request, startedAt, await this.#climb(request, signal));
  }

  /** The first attempt that is not inconclusive for the tool's own sake, or else the first of those. */
  async #climb(request: CheckRequest, signal: AbortSignal): Promise<Attempt> {
    const image = this.#imageOf(request.from) ?? labelOf(request.from);
    let broken: Attempt | undefined;
    for (const probe of ladderOf(request.target)) {
      if (!this.#missing.mayHave(image, probe.programs)) continue;
      const attempt = await this.#try(probe, request, signal);
      if ('missing' in attempt) {
        this.#missing.add(image, attempt.missing, attempt.message);
      } else if (attempt.reading.reason === 'tool-crashed' || attempt.reading.reason === 'tool-failed') {
        broken ??= attempt;
      } else {
        return this.#lookAgain(attempt, request, signal, image);
      }
    }
    return broken ?? noTool(request, this.#missing.messages(image));
  }

  /** Where the tool could not tell two causes apart, asks once more with one that can. */
  async #lookAgain(
    first: Attempt,
    request: CheckRequest,
    signal: AbortSignal,
    image: string,
  ): Promise<Attempt> {
    const probe = secondLook(first.reading);
    if (probe === undefined || !this.#missing.mayHave(image, probe.programs)) return first;
    const second = await this.#try(probe, request, signal);
    if ('missing' in second) {
      this.#missing.add(image, second.missing, second.message);
      return first;
    }
    const tellsMore =
      second.reading.reason !== first.reading.reason && verdictOf[second.reading.reason] !== 'inconclusive';
    return tellsMore ? second : first;
  }

  async #try(probe: Probe, request: CheckRequest, signal: AbortSignal): Promise<Attempt | Missing> {
    const limits = limitsOf(request);
    const command = probe.command(request.target, limits);
    const outcome = await this.#run(request, command, limits, signal);
    if (outcome.is === 'exited') {
      const missing = missingProgram(outcome, probe.programs);
      if (missing !== undefined) return { missing, message: outputOf(outcome).trim() };
      return {
        reading: probe.read(outcome, request.target),
        command,
        exitCode: outcome.exitCode,
        output: outputOf(outcome),
      };
    }
    if (outcome.is === 'program-missing') {
      return { missing: probe.programs[0] ?? probe.tool, message: inShort(outcome.message) };
    }
    const { reason, message } = faultOf(outcome);
    const output = 'stdout' in outcome ? outputOf(outcome) : '';
    return { reading: reading(probe.tool, reason, message), command, exitCode: null, output };
  }

  /** A connection to the container that failed may be tried again: it says nothing about the network. */
  async #run(
    { from }: CheckRequest,
    command: readonly string[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<ExecOutcome> {
    const request = { target: from, command, timeoutMs: limits.total * 1_000 + graceMs };
    const outcome = await this.#exec.run(request, signal);
    if (outcome.is !== 'transport-failed') return outcome;
    await delay(retryAfterMs, signal);
    return this.#exec.run(request, signal);
  }
}

function outputOf({ stdout, stderr }: Pick<Finished, 'stdout' | 'stderr'>): string {
  return stdout !== '' && stderr !== '' && !stdout.endsWith('\n') ? `${stdout}\n${stderr}` : stdout + stderr;
}

/** Of a runtime's long chain of errors the link that names the program. */
function inShort(message: string): string {
  return /exec: "[^"]*": [^]*$/.exec(message)?.[0].trim() ?? message.trim();
}

function noTool(request: CheckRequest, reports: readonly string[]): Attempt {
  const command = ladderOf(request.target)[0]?.command(request.target, limitsOf(request)) ?? [];
  return {
    reading: reading(
      'none',
      request.target.scheme === 'dns' ? 'no-resolver' : 'no-tool',
      reports.at(-1) ?? '',
    ),
    command,
    exitCode: null,
    output: reports.map((line) => `${line}\n`).join(''),
  };
}
