import { ExplainedError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { labelsMatch } from '../../model/labelSelector.ts';
import type { Pod } from '../../model/objects.ts';
import { parseRef, type Ref } from '../../model/refs.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { labelOf } from '../attempt.ts';
import type { CheckTarget } from '../check.ts';
import { parseSelector } from '../matrix/selector.ts';
import { planTargets } from '../plan.ts';
import { planSource } from '../source.ts';
import type { PodSelection, SmokeCheck, SmokeEnd, SmokeFile } from './schema.ts';

/** One pair to ask for a check. */
export interface SmokePair {
  readonly check: SmokeCheck;
  readonly from: ContainerRef;
  readonly target: CheckTarget;
}

/** A check that could not be planned: what it names is not there. */
export interface UnplannedCheck {
  readonly check: SmokeCheck;
  readonly message: string;
}

export interface SmokePlan {
  readonly pairs: readonly SmokePair[];
  readonly unplanned: readonly UnplannedCheck[];
}

/** The pairs of every check. What names nothing is not a failure of the network: it could not be found out. */
export function planSmoke(file: SmokeFile, snapshot: Snapshot): SmokePlan {
  const pairs: SmokePair[] = [];
  const unplanned: UnplannedCheck[] = [];
  for (const check of file.checks) {
    try {
      pairs.push(...pairsOf(check, snapshot));
    } catch (error) {
      if (!(error instanceof ExplainedError)) throw error;
      const remedy = error.remedy === undefined ? '' : ` ${error.remedy}`;
      unplanned.push({ check, message: `${messageOf(error)}.${remedy}` });
    }
  }
  return { pairs, unplanned };
}

/** The namespaces a file is about; undefined where it names something that lies in none. */
export function namespacesOf(file: SmokeFile): readonly string[] {
  const ends = file.checks.flatMap(({ from, to }) => [from, ...to]);
  const names = ends.flatMap((end) => {
    if (end.is === 'pods') return [end.pods.namespace];
    const ref = parseRef(end.ref);
    return 'namespace' in ref ? [ref.namespace] : [];
  });
  return [...new Set(names)];
}

function pairsOf(check: SmokeCheck, snapshot: Snapshot): readonly SmokePair[] {
  const sources = sourcesOf(check.from, snapshot);
  return sources.flatMap((from) => {
    const targets = check.to
      .flatMap((end) => refsOf(end, snapshot))
      .filter((ref) => !isSelf(ref, from))
      .flatMap((ref) => planTargets(ref, snapshot, { from, serviceBy: check.by }).targets);
    if (targets.length === 0) {
      throw new ExplainedError('nothing-to-check', t('{0} has no target besides itself', labelOf(from)));
    }
    return targets.map((target) => ({ check, from, target }));
  });
}

function sourcesOf(end: SmokeEnd, snapshot: Snapshot): readonly ContainerRef[] {
  if (end.is === 'ref') return [planSource(parseRef(end.ref), snapshot)];
  const { container } = end.pods;
  return podsOf(end.pods, snapshot).map(({ namespace, name }) =>
    planSource({ is: 'pod', namespace, name, ...(container !== undefined && { container }) }, snapshot),
  );
}

function refsOf(end: SmokeEnd, snapshot: Snapshot): readonly Ref[] {
  if (end.is === 'ref') return [parseRef(end.ref)];
  const { port } = end.pods;
  return podsOf(end.pods, snapshot).map(({ namespace, name }) => ({
    is: 'pod',
    namespace,
    name,
    ...(port !== undefined && { port }),
  }));
}

function podsOf({ namespace, selector }: PodSelection, snapshot: Snapshot): readonly Pod[] {
  const wanted = parseSelector(selector);
  const pods = snapshot
    .inNamespace('Pod', namespace)
    .filter(({ labels, phase }) => phase === 'Running' && labelsMatch(wanted, labels));
  if (pods.length > 0) return pods;
  const coverage = snapshot.coverage('Pod');
  throw new ExplainedError(
    'selects-nothing',
    t('"{0}" selects no running pod in namespace {1}', selector, namespace),
    {
      remedy:
        coverage.is === 'complete' ? t('Look at the labels of its pods.') : t('The pods could not be read.'),
    },
  );
}

/** Only pods by label meet themselves: whoever names a pod as its own target means it. */
function isSelf(ref: Ref, { namespace, pod }: ContainerRef): boolean {
  return ref.is === 'pod' && ref.namespace === namespace && ref.name === pod && ref.container === undefined;
}
