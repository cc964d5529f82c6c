import type { Protocol } from './objects.ts';

/** The protocol of a port; TCP where it is absent (the API's default) or unknown. */
export function protocolOf(value: unknown): Protocol {
  return value === 'UDP' || value === 'SCTP' ? value : 'TCP';
}
