import type { Namespace, Node } from './objects.ts';
import { flag, list, record, text, type Json } from './json.ts';
import { readMeta } from './readMeta.ts';

/** Reads a Node (core/v1). */
export function readNode(object: Json): Node {
  const spec = record(object.spec);
  const status = record(object.status);
  const podCIDRs = list(spec.podCIDRs).map(text);
  return {
    kind: 'Node',
    ...readMeta(object),
    ready: isReady(list(status.conditions).map(record)),
    addresses: list(status.addresses)
      .map(record)
      .map((entry) => ({ type: text(entry.type), address: text(entry.address) })),
    podCIDRs: podCIDRs.length > 0 ? podCIDRs : [text(spec.podCIDR)].filter(Boolean),
    unschedulable: flag(spec.unschedulable),
  };
}

function isReady(conditions: readonly Json[]): boolean | undefined {
  const ready = conditions.find(({ type }) => type === 'Ready');
  return ready === undefined ? undefined : ready.status === 'True';
}

/** Reads a Namespace (core/v1). */
export function readNamespace(object: Json): Namespace {
  return {
    kind: 'Namespace',
    ...readMeta(object),
    terminating: text(record(object.status).phase) === 'Terminating',
  };
}
