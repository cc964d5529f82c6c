import { subjectOf } from '../host/subject.ts';
import type { Protocol } from '../../model/objects.ts';

/** What is known of a question before anybody is asked. */
export interface KnownQuestion {
  /** As in {@link Question}; a pod may still lack its container. */
  readonly from?: string;
  /** As in {@link Question}; a pod or service may still lack its port. */
  readonly to?: string;
  readonly protocol: Protocol;
  readonly probe: boolean;
  /** The context it was asked of before; undefined: whichever is shown. */
  readonly context?: string;
  /** Whether the workspace's manifests are asked instead of a cluster. */
  readonly files?: boolean;
}

/**
 * Reads what the command was called with: a tree item, where a pod or container is the source and a service or
 * endpoint the target; or `{ from, to, protocol, probe, context, files }` as {@link KnownQuestion} has them.
 */
export function explainArgument(argument: unknown): KnownQuestion {
  const base = { protocol: 'TCP', probe: true } as const;
  const subject = subjectOf(argument);
  if (subject === undefined) return fromFields(argument);
  if (subject.is === 'pod') return { ...base, from: `pod/${subject.namespace}/${subject.name}` };
  if (subject.is === 'container') {
    return { ...base, from: `pod/${subject.namespace}/${subject.pod}:${subject.container}` };
  }
  if (subject.is === 'service') return { ...base, to: `svc/${subject.namespace}/${subject.name}` };
  if (subject.is === 'address') return { ...base, to: `http://${subject.address}/` };
  return base;
}

function fromFields(argument: unknown): KnownQuestion {
  const fields: Readonly<Record<string, unknown>> =
    typeof argument === 'object' && argument !== null ? { ...argument } : {};
  const word = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const from = word('from');
  const to = word('to');
  const context = word('context');
  const { protocol } = fields;
  return {
    protocol: protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP',
    probe: fields.probe !== false,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(context !== undefined && { context }),
    ...(fields.files === true && { files: true }),
  };
}
