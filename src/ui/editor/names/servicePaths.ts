import { factsOfObject, type ObjectFacts, type ServicePortFact } from '../../../manifest/facts.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import { selectedBy } from './choices.ts';

/** Where one port of a Service leads. */
export interface ServicePath {
  readonly port: ServicePortFact;
  readonly ends: readonly ServiceEnd[];
}

interface ServiceEnd {
  /** The pod, or what makes the pods. */
  readonly giver: ObjectFacts;
  readonly number: number;
  /** undefined: no container declares the port; the pod is asked on it all the same. */
  readonly container: string | undefined;
}

/** A Service's ways to the containers behind it, port by port. Without a selector, or by another name, it has none. */
export function servicePaths(
  object: ManifestObject,
  objects: readonly ObjectFacts[],
): readonly ServicePath[] {
  const { service } = factsOfObject(object);
  if (service === undefined || service.type === 'ExternalName') return [];
  const selector = new Map(Object.entries(service.selector));
  if (selector.size === 0) return [];
  const givers = selectedBy(selector, object, 'namespace', objects);
  return service.ports.map((port) => ({ port, ends: givers.flatMap((giver) => endsIn(giver, port)) }));
}

function endsIn(giver: ObjectFacts, { protocol, targetPort }: ServicePortFact): readonly ServiceEnd[] {
  const declared = (giver.pods?.ports ?? []).filter((port) => port.protocol === protocol);
  const isTarget = ({ name, number }: (typeof declared)[number]): boolean =>
    typeof targetPort === 'number' ? number === targetPort : name === targetPort;
  const ends = declared.filter(isTarget).map(({ container, number }) => ({ giver, container, number }));
  if (ends.length > 0 || typeof targetPort !== 'number') return ends;
  return [{ giver, number: targetPort, container: undefined }];
}
