import { tierPolicyKinds } from '../model/tierPolicy.ts';
import { answerByObjects } from './byObjects.ts';
import { causeIds, type CauseId } from './causeIds.ts';
import { detectors } from './causes/index.ts';
import { mayBeSeenAs } from './compatible.ts';
import { describeHops } from './hops.ts';
import { notSeenOf } from './notSeen.ts';
import type { Finding, Trace } from './types.ts';
import type { TraceView } from './view.ts';

/**
 * Explains a connection from what the objects say and, where probes were made, from what they found. A cause is only
 * named with evidence; without probes the verdict speaks of the objects alone.
 */
export function explain(view: TraceView): Trace {
  const found = causeIds.flatMap((id) => detectors[id](view) ?? []);
  const verdict = verdictOf(view, found);
  const causes = verdict === 'reachable' ? found.filter(explainsSuccess) : rank(view, found);
  const [cause] = causes;
  return {
    from: view.question.from,
    to: view.question.to,
    verdict,
    hops: describeHops(view, causes),
    cause: cause === undefined ? null : { id: cause.id, summary: cause.summary, objects: cause.objects },
    causes,
    fixes: causes.flatMap(({ fixes }) => fixes),
    notSeen: notSeenOf(view),
  };
}

function verdictOf(view: TraceView, found: readonly Finding[]): Trace['verdict'] {
  const { probes, world, question } = view;
  const probed = probes?.asked?.verdict;
  if (probed === 'reachable') return 'reachable';
  if (probed !== undefined && probed !== 'inconclusive') return 'unreachable';
  if (found.some(({ certainty }) => certainty === 'certain')) return 'unreachable';
  // A probe that was tried and failed on its way leaves the question open, whatever the objects promise.
  if (probed === 'inconclusive' || question.target.is === 'external' || question.port === undefined)
    return 'inconclusive';
  const unseen = (['Pod', 'Service', 'EndpointSlice', 'NetworkPolicy', ...tierPolicyKinds] as const).some(
    (kind) => world.running && world.snapshot.coverage(kind).is !== 'complete',
  );
  const allowed = answerByObjects(view)?.allowed === true;
  return unseen || !allowed || found.some(mayStopIt) ? 'inconclusive' : 'reachable';
}

/** Findings that only say that answers may differ do not put a connection into doubt. */
function mayStopIt({ id }: Finding): boolean {
  return id !== 'selector-matches-others' && id !== 'session-affinity';
}

const successes: ReadonlySet<CauseId> = new Set([
  'policy-not-enforced',
  'tls-mismatch',
  'certificate',
  'application-error',
  'selector-matches-others',
]);

/** What is worth saying of a connection that works. */
function explainsSuccess({ id }: Finding): boolean {
  return successes.has(id);
}

/** Certain causes that fit the probe first, then possible ones; along the hops within each. */
function rank({ probes }: TraceView, found: readonly Finding[]): readonly Finding[] {
  const probed = probes?.asked?.verdict;
  const weight = ({ id, certainty }: Finding): number => {
    const fits = probed === undefined || probed === 'inconclusive' || mayBeSeenAs(id, probed);
    return (fits ? 0 : 2) + (certainty === 'certain' ? 0 : 1);
  };
  return found
    .filter(({ id }) => id !== 'policy-not-enforced')
    .map((finding, index) => ({ finding, index, weight: weight(finding) }))
    .sort((a, b) => a.weight - b.weight || a.index - b.index)
    .map(({ finding }) => finding);
}
