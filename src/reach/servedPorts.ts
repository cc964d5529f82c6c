import type { ContainerPort, Pod } from '../model/objects.ts';

/** The ports that a pod declares of containers that run on: those of init containers are gone once it serves. */
export function servedPorts({ containers }: Pod): readonly ContainerPort[] {
  return containers.filter(({ role }) => role === 'main' || role === 'sidecar').flatMap(({ ports }) => ports);
}
