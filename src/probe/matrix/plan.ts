import { ExplainedError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { inEnglish, type Say } from '../../base/say.ts';
import { labelsMatch } from '../../model/labelSelector.ts';
import { parseRef, type Ref } from '../../model/refs.ts';
import type { Pod } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { MatrixRow } from './checkMatrix.ts';
import { planTargets } from '../plan.ts';
import { noteTexts } from '../reportTexts.ts';
import { planSource } from '../source.ts';
import type { ServiceBy } from '../serviceBy.ts';
import { parseSelector } from './selector.ts';

export interface MatrixPlan {
  readonly rows: readonly MatrixRow[];
  /** What was left out, and why; each once. */
  readonly notes: readonly string[];
}

/**
 * Rows for every running pod the source selector selects, with the targets the words of `--to` mean: `svc` for all
 * services, a reference, or a label selector for pods on the ports they declare. A pod is not asked about itself.
 * @param inScope whether an object's namespace was asked for; the Snapshot may hold more.
 * @throws ExplainedError where nothing is left to ask.
 */
export function planMatrix(
  snapshot: Snapshot,
  inScope: (namespace: string) => boolean,
  from: string,
  to: readonly string[],
  serviceBy: ServiceBy,
): MatrixPlan {
  const sources = podsOf(snapshot, inScope, from);
  if (sources.length === 0) throw nothing('--from', from);
  const refs = to.flatMap((word) => refsOf(snapshot, inScope, word));
  return planRows(snapshot, sources, refs, serviceBy);
}

/**
 * Everything in some namespaces: every running pod asks every pod, on the ports it declares, and every service.
 * @throws ExplainedError where nothing is left to ask.
 */
export function planEverything(
  snapshot: Snapshot,
  namespaces: readonly string[],
  say: Say = inEnglish,
): MatrixPlan {
  const inScope = (namespace: string): boolean => namespaces.includes(namespace);
  const sources = podsOf(snapshot, inScope, '');
  const refs: readonly Ref[] = [
    ...refsOf(snapshot, inScope, 'svc'),
    ...sources.map(({ namespace, name }) => ({ is: 'pod', namespace, name }) as const),
  ];
  return planRows(snapshot, sources, refs, 'ip', say);
}

/**
 * Chosen pods by chosen targets. What cannot be asked is left out with a note.
 * @param say the language of the notes.
 * @throws ExplainedError where nothing is left to ask.
 */
export function planRows(
  snapshot: Snapshot,
  sources: readonly Pod[],
  refs: readonly Ref[],
  serviceBy: ServiceBy,
  say: Say = inEnglish,
): MatrixPlan {
  const notes = new Set<string>();
  const rows = sources.flatMap((pod) => {
    const source = attempt(notes, say, () =>
      planSource({ is: 'pod', namespace: pod.namespace, name: pod.name }, snapshot),
    );
    if (source === undefined) return [];
    const others = refs.filter((ref) => !isPod(ref, pod));
    const targets = others.flatMap(
      (ref) =>
        attempt(notes, say, () => {
          const plan = planTargets(ref, snapshot, { from: source, serviceBy });
          for (const { sentence } of plan.notes) notes.add(say(sentence.template, ...sentence.args));
          return plan.targets;
        }) ?? [],
    );
    return targets.length === 0 ? [] : [{ from: source, targets }];
  });
  if (rows.length === 0) {
    throw new ExplainedError('nothing-to-check', t('Nothing is left to check'), {
      remedy: [...notes].slice(0, 3).join(' ') || t('No source has a target besides itself.'),
    });
  }
  return { rows, notes: [...notes] };
}

function podsOf(snapshot: Snapshot, inScope: (namespace: string) => boolean, text: string): readonly Pod[] {
  const selector = parseSelector(text);
  return snapshot
    .all('Pod')
    .filter((pod) => inScope(pod.namespace) && labelsMatch(selector, pod.labels))
    .filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
}

function refsOf(snapshot: Snapshot, inScope: (namespace: string) => boolean, word: string): readonly Ref[] {
  if (word === 'svc' || word === 'services') {
    return snapshot
      .all('Service')
      .filter(({ namespace }) => inScope(namespace))
      .map(({ namespace, name }) => ({ is: 'service', namespace, name }));
  }
  if (/^[a-z]+:\/\/|^(?:pods?|po|svc|services?|node)\/|^localhost(?::|$)/.test(word)) return [parseRef(word)];
  const pods = podsOf(snapshot, inScope, word);
  if (pods.length === 0) throw nothing('--to', word);
  return pods.map(({ namespace, name }) => ({ is: 'pod', namespace, name }));
}

function isPod(ref: Ref, pod: Pod): boolean {
  return ref.is === 'pod' && ref.namespace === pod.namespace && ref.name === pod.name;
}

/** What cannot be asked becomes a note: the others are asked all the same. */
function attempt<T>(notes: Set<string>, say: Say, plan: () => T): T | undefined {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    notes.add(say(noteTexts.leftOut, error.message));
    return undefined;
  }
}

function nothing(option: string, word: string): ExplainedError {
  return new ExplainedError('selects-nothing', t('{0} "{1}" selects no pod that runs', option, word), {
    remedy: t('Look at the labels with kubectl get pods --show-labels, or widen the namespaces with -A.'),
  });
}
