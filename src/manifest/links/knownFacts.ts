import type { LabelSelector } from '../../model/labelSelector.ts';
import type { ObjectFacts } from '../facts.ts';

/** Objects that are known, found quickly: of the file at hand and of others. */
export interface KnownFacts {
  /** At least all objects with pods that a selector may match, in any namespace. */
  podsFor(selector: LabelSelector): readonly ObjectFacts[];
  named(kind: string, name: string): readonly ObjectFacts[];
}

/** Looks through a short list. */
export function knownFacts(objects: readonly ObjectFacts[]): KnownFacts {
  return {
    podsFor: () => objects.filter(({ pods }) => pods !== undefined),
    named: (kind, name) => objects.filter((facts) => facts.kind === kind && facts.name === name),
  };
}
