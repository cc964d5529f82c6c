import { list, integer, record, text, type Json } from '../../model/json.ts';
import type { ClusterEvent, ObjectName } from '../../model/requests.ts';
import type { ClusterClient } from '../transport/client.ts';
import { segment } from './objectPath.ts';

const pageSize = 500;

/** The events about an object, oldest first. @throws ApiError, ExplainedError, CancelledError */
export async function readEvents(
  client: ClusterClient,
  of: ObjectName & { readonly uid?: string },
  signal: AbortSignal,
): Promise<readonly ClusterEvent[]> {
  // Events about what has no namespace are kept in "default" (client-go's recorder).
  const namespace = of.namespace === '' ? 'default' : of.namespace;
  const path = `/api/v1/namespaces/${segment(namespace)}/events`;
  const found: { readonly event: ClusterEvent; readonly version: number }[] = [];
  let next = '';
  do {
    const page = await client.json({
      path,
      query: [
        ['fieldSelector', selectorOf(of)],
        ['limit', String(pageSize)],
        ...(next === '' ? [] : [['continue', next] as const]),
      ],
      signal,
    });
    for (const item of list(page.items).map(record)) {
      found.push({ event: readEvent(item), version: Number(record(item.metadata).resourceVersion) });
    }
    next = text(record(page.metadata).continue);
  } while (next !== '');
  return found
    .sort((a, b) => second(a.event.lastSeen) - second(b.event.lastSeen) || a.version - b.version)
    .map(({ event }) => event);
}

function selectorOf({ kind, namespace, name, uid }: ObjectName & { readonly uid?: string }): string {
  const fields: [string, string][] = [
    ['kind', kind],
    ['name', name],
    ['namespace', namespace],
    // The kubelet gives a node's name for its uid.
    ['uid', kind === 'Node' ? '' : (uid ?? '')],
  ];
  return fields
    .filter(([, value]) => value !== '')
    .map(([field, value]) => `involvedObject.${field}=${escapeSelector(value)}`)
    .join(',');
}

/** As fields.EscapeValue of apimachinery. */
function escapeSelector(value: string): string {
  return value.replace(/[\\,=]/g, (character) => `\\${character}`);
}

/** Newer components fill `eventTime` and `series` and leave the older fields empty. */
function readEvent(event: Json): ClusterEvent {
  const source = record(event.source);
  const series = record(event.series);
  const first = text(event.firstTimestamp) || text(event.eventTime);
  const created = text(record(event.metadata).creationTimestamp);
  return {
    type: text(event.type),
    reason: text(event.reason),
    message: text(event.message),
    source: text(source.component) || text(event.reportingComponent),
    count: integer(series.count) ?? integer(event.count) ?? 1,
    firstSeen: first || created,
    lastSeen: text(series.lastObservedTime) || text(event.lastTimestamp) || first || created,
  };
}

/** Older components give whole seconds, newer ones microseconds: within a second the server's order counts. */
function second(time: string): number {
  return Math.floor((Date.parse(time) || 0) / 1_000);
}
