/** What a fault of the practice API is: not of the simulated pods' network, but of the way to the API server itself. */
import type { RequestContext } from '../http/context.ts';
import type { ResourceRoute } from '../http/routes.ts';

/** What a request reads: a first page, a further page, a watch, or anything else that is only looked at. */
export type Reading = 'list' | 'continue' | 'watch' | 'other';

/** One request that a fault gets into its hands before it is answered. */
export interface Exchange {
  readonly context: RequestContext;
  readonly reading: Reading;
  /** What a list or watch is about. */
  readonly route: ResourceRoute | undefined;
  /** In [0, 1), from the seed. */
  readonly random: () => number;
  /** Takes the server away and brings it back with new resource versions. */
  readonly restart: () => void;
}

export interface ApiFault {
  readonly name: string;
  /** One sentence for people: what the server then does. */
  readonly about: string;
  readonly hits: readonly Reading[];
  /** Whether `mix` may choose it: what a client can only wait out is no part of it. */
  readonly inMix: boolean;
  /** Disturbs one request: `answered` where nothing else may answer it. */
  meet(exchange: Exchange): 'answered' | 'disturbed';
}

export const everyReading: readonly Reading[] = ['list', 'continue', 'watch', 'other'];
export const pages: readonly Reading[] = ['list', 'continue'];
