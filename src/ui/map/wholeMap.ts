import type { MapView } from '../panels/protocol/map.ts';

/** All of the cluster, as a map shows it first. */
export const wholeMap: MapView = {
  level: 'auto',
  namespaces: [],
  hiddenKinds: [],
  onlyProblems: false,
  policies: false,
};
