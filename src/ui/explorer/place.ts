import type { Kind, ObjectsByKind } from '../../model/objects.ts';
import type { Scene } from './node.ts';
import { visible } from './visible.ts';

/** Whose objects a list shows: one namespace's, or those of several together. */
export interface Place {
  /** Begins the ids of its rows. */
  readonly id: string;
  readonly namespaces: readonly string[];
  /** Rows must say their namespace. */
  readonly isMixed: boolean;
}

export function placeOf(namespace: string): Place {
  return { id: namespace, namespaces: [namespace], isMixed: false };
}

/** `*` is no namespace's name. */
export function togetherIn(namespaces: readonly string[]): Place {
  return { id: '*', namespaces, isMixed: true };
}

export function objectsIn<K extends Kind>(
  scene: Scene,
  { namespaces }: Place,
  kind: K,
): readonly ObjectsByKind[K][] {
  const [only] = namespaces;
  if (only !== undefined && namespaces.length === 1) return visible(scene, kind, only);
  return namespaces.flatMap((namespace) => visible(scene, kind, namespace));
}

/** The parts of a row that say where its object is. */
export function whereText({ isMixed }: Place, namespace: string): string {
  return isMixed ? namespace : '';
}
