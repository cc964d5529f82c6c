/** Events exist in two groups; they are stored as core ones and converted for events.k8s.io. */
import { isObject, omit } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';

/** Fields that are named otherwise: core name, events.k8s.io name. */
const renamed: readonly (readonly [string, string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
  ['source', 'deprecatedSource'],
  ['count', 'deprecatedCount'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
];

function rename(object: JsonObject, pairs: readonly (readonly [string, string])[]): JsonObject {
  const moved = pairs
    .filter(([from]) => object[from] !== undefined)
    .map(([from, to]): [string, unknown] => [to, object[from]]);
  return { ...omit(object, ...pairs.map(([from]) => from)), ...Object.fromEntries(moved) };
}

/** A stored event as events.k8s.io/v1 serves it. */
export function eventOfGroup(event: ApiObject): ApiObject {
  return {
    ...rename(event, renamed),
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: event.metadata,
    eventTime: event.eventTime ?? null,
  };
}

/** An event of events.k8s.io/v1 as it is stored. */
export function coreEvent(event: JsonObject): JsonObject {
  const back = renamed.map(([core, group]) => [group, core] as const);
  const { regarding } = event;
  return {
    ...rename(event, back),
    apiVersion: 'v1',
    kind: 'Event',
    involvedObject: isObject(regarding) ? regarding : {},
  };
}
