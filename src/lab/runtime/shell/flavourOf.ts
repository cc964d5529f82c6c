import type { Flavour } from './flavour.ts';

/** The name under which a shell of the flavour is found on the PATH. */
export function interpreterOf(flavour: Flavour): string {
  return flavour.name === 'bash' ? 'bash' : 'sh';
}
