import { t } from '../../base/l10n.ts';
import type { ObjectFacts, PodFacts } from '../../manifest/facts.ts';
import type { RuleContext } from '../rule.ts';

/** An object whose pods a Service selects. */
export interface Selected {
  readonly facts: ObjectFacts;
  readonly pods: PodFacts;
}

/** The known pods, and templates of pods, that a selector selects in the Service's namespace. */
export function selectedPods(context: RuleContext): readonly Selected[] {
  const selector = context.neighbours.self.service?.selector ?? {};
  if (Object.keys(selector).length === 0) return [];
  return context.neighbours
    .withPodLabels(selector)
    .flatMap((facts) => (facts.pods ? [{ facts, pods: facts.pods }] : []));
}

/** `Deployment web, Pod x`: for messages. */
export function listed(objects: readonly ObjectFacts[]): string {
  const names = objects.slice(0, 3).map((facts) => `${facts.kind} ${facts.name}`);
  return objects.length > names.length
    ? t('{0} and {1} more', names.join(', '), objects.length - names.length)
    : names.join(', ');
}
