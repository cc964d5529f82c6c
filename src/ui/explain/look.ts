import type { World } from '../../reach/world.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { lookAt } from '../../trace/look.ts';
import { probeAlong, type ProbePorts } from '../../trace/probe.ts';
import { resolveQuestion } from '../../trace/question.ts';
import { explain } from '../../trace/trace.ts';
import type { Trace } from '../../trace/types.ts';
import type { TraceProbes } from '../../trace/view.ts';
import type { Question } from './question.ts';

/** An answer and how much was tried for it. */
export interface Look {
  readonly trace: Trace;
  /** How many checks and readings were made, in containers and from this machine. */
  readonly probes: number;
  /** The checks that were made for it, each once. */
  readonly records: readonly CheckRecord[];
}

/**
 * What the objects alone say.
 * @throws ExplainedError where an end does not exist.
 */
export function lookAtObjects(world: World, question: Question): Look {
  const resolved = resolveQuestion(world, question.from, question.to, question.protocol);
  return { trace: explain(lookAt(world, resolved)), probes: 0, records: [] };
}

/**
 * What the objects and probes say; only TCP is probed.
 * @param onProgress hears what is being tried, counted from 1.
 * @throws ExplainedError where an end does not exist; CancelledError.
 */
export async function lookWithProbes(
  world: World,
  question: Question,
  ports: ProbePorts,
  signal: AbortSignal,
  onProgress: (count: number, what: string) => void,
): Promise<Look> {
  if (question.protocol !== 'TCP') return lookAtObjects(world, question);
  const resolved = resolveQuestion(world, question.from, question.to, question.protocol);
  let count = 0;
  const probes = await probeAlong(lookAt(world, resolved), ports, signal, (what) => {
    count += 1;
    onProgress(count, what);
  });
  return {
    trace: explain(lookAt(world, resolved, probes)),
    probes: countOf(probes),
    records: recordsOf(probes),
  };
}

/** One answer may serve two stations and counts once. */
export function countOf(probes: TraceProbes): number {
  const others = [probes.certificate, probes.small].filter((answer) => answer !== undefined).length;
  return recordsOf(probes).length + others + probes.listeners.size;
}

function recordsOf({ asked, inside, clusterIp, podIps, localhosts }: TraceProbes): readonly CheckRecord[] {
  const answers = [
    asked,
    inside,
    clusterIp,
    ...podIps.map(({ record }) => record),
    ...localhosts.map(({ record }) => record),
  ];
  return [...new Set(answers.filter((answer) => answer !== undefined))];
}
