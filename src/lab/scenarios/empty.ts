import type { Scenario } from './scenario.ts';

/** A cluster nobody has applied anything to. */
export const empty: Scenario = { id: 'empty', title: 'An empty cluster.', manifests: '' };
