import { isCancellation } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { ContainerRef } from '../model/terminal.ts';
import { labelOf } from './attempt.ts';
import type { CheckRecord } from './check.ts';
import type { Exec, ExecOutcome } from './exec.ts';
import { faultOf } from './faults.ts';
import { decidingLine, noTimings } from './reading.ts';
import { verdictOf, type Reason } from './reason.ts';
import { summaryOf } from './summary.ts';
import type { MountPlace, VolumePlan } from './volume.ts';

/*
 * Constants; path and word come as arguments. `set -C` (noclobber) makes sure that no file of the container's own is
 * ever overwritten. `read` and `printf` are shell builtins, so nothing but sh and rm is needed.
 */
const write = 'set -C; printf "%s\\n" "$2" > "$1"';
const read = 'IFS= read -r word < "$1" || exit 3; printf "%s\\n" "$word"';
const remove = 'rm -f -- "$1"';

const execMs = 10_000;

export interface VolumeResult {
  /** A record for each reader, in the plan's order; one for the writer alone where it could not write. */
  readonly records: readonly CheckRecord[];
  /** Whether the file is gone again; otherwise `left` says where it still is. */
  readonly left: string | undefined;
}

/**
 * Tests that all mounts see the same directory, and takes the file away again, also after a cancellation or a fault.
 * @param marker the word the plan was made with.
 * @throws CancelledError once the signal aborts, after the file was removed.
 */
export async function checkVolume(
  exec: Exec,
  plan: VolumePlan,
  marker: string,
  signal: AbortSignal,
  now: () => number = Date.now,
): Promise<VolumeResult> {
  const run = (at: ContainerRef, command: readonly string[], until = signal): Promise<ExecOutcome> =>
    exec.run({ target: at, command, timeoutMs: execMs }, until);
  const record = recorder(plan, now);
  const writing = ['sh', '-c', write, 'sh', plan.file, marker];
  let written: CheckRecord | undefined;
  let records: readonly CheckRecord[] = [];
  let cancelled: unknown;
  let left: string | undefined;
  try {
    const outcome = await run(plan.writer.at, writing);
    if (outcome.is !== 'exited' || outcome.exitCode !== 0) {
      written = record(plan.writer, writing, outcome, 'marker-unwritten');
    } else {
      records = await Promise.all(
        plan.readers.map(async (reader) => {
          const reading = ['sh', '-c', read, 'sh', reader.file];
          const answer = await run(reader.at, reading);
          return record(reader, reading, answer, reasonOf(answer, marker));
        }),
      );
    }
  } catch (error) {
    if (!isCancellation(error)) throw error;
    cancelled = error;
  } finally {
    // A cancellation must not keep the file there: cleaning up has a signal of its own.
    const own = new AbortController();
    const removing = ['sh', '-c', remove, 'sh', plan.file];
    const outcome = await run(plan.writer.at, removing, own.signal);
    const gone = outcome.is === 'exited' && outcome.exitCode === 0;
    const neverThere = written !== undefined && written.exitCode !== null;
    if (!gone && !neverThere) left = `${plan.file} in ${labelOf(plan.writer.at)}`;
  }
  if (cancelled !== undefined) throw cancelled as Error;
  return { records: written === undefined ? records : [written], left };
}

function reasonOf(outcome: ExecOutcome, marker: string): Reason {
  if (outcome.is !== 'exited') return 'marker-unreadable';
  if (outcome.exitCode === 0) return outcome.stdout.trim() === marker ? 'marker-read' : 'marker-differs';
  if (/No such file|nonexistent|cannot open|can't open/i.test(outcome.stderr)) {
    return /Permission denied/i.test(outcome.stderr) ? 'marker-unreadable' : 'marker-missing';
  }
  return outcome.exitCode === 3 ? 'marker-differs' : 'marker-unreadable';
}

type Recorder = (
  place: MountPlace,
  command: readonly string[],
  outcome: ExecOutcome,
  reason: Reason,
) => CheckRecord;

function recorder(plan: VolumePlan, now: () => number): Recorder {
  return (place, command, outcome, reason) => {
    const from = labelOf(plan.writer.at);
    const to = place === plan.writer ? plan.ref : `${plan.ref} at ${labelOf(place.at)}:${place.path}`;
    const output = 'stdout' in outcome ? outcome.stdout + outcome.stderr : '';
    const fault =
      outcome.is === 'exited'
        ? undefined
        : outcome.is === 'program-missing'
          ? { reason, message: outcome.message }
          : faultOf(outcome);
    const decided = fault === undefined || outcome.is === 'program-missing' ? reason : fault.reason;
    const detail =
      fault?.message ??
      (reason === 'marker-read'
        ? `${labelOf(place.at)}:${place.path}`
        : decidingLine(output) || t('no message'));
    const evidence = {
      from: place === plan.writer ? from : labelOf(place.at),
      to,
      url: `volume://${place.at.pod}/${place.at.container}${place.path}`,
      tool: 'sh' as const,
      verdict: verdictOf[decided],
      reason: decided,
      detail,
      httpStatus: null,
      timingsMs: noTimings,
      remoteIp: null,
      exitCode: outcome.is === 'exited' ? outcome.exitCode : null,
      command,
      output,
    };
    return { ...evidence, summary: summaryOf(evidence).text, startedAt: new Date(now()).toISOString() };
  };
}
