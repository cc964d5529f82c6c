import { oneLine } from '../../base/hostileText.ts';
import type { Kind } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';

const listed = ['Pod', 'Service', 'EndpointSlice'] as const satisfies readonly Kind[];
const words: Readonly<Record<(typeof listed)[number], string>> = {
  Pod: 'pods',
  Service: 'services',
  EndpointSlice: 'endpoint slices',
};

/** Which of the kinds that `podnet list` shows are there, in all namespaces or in some. */
export type Readable = Readonly<Record<(typeof listed)[number], boolean>>;

/** What a list may show, and for each kind that is not complete a sentence that says why. */
export function readableKinds(snapshot: Snapshot): {
  readonly readable: Readable;
  readonly gaps: readonly string[];
} {
  const gaps: string[] = [];
  const complete = (kind: (typeof listed)[number]): boolean => {
    const coverage = snapshot.coverage(kind);
    switch (coverage.is) {
      case 'complete':
        return true;
      case 'unread':
      case 'loading':
        gaps.push(`the ${words[kind]} were not read to the end`);
        return false;
      case 'stale':
        gaps.push(
          `the ${words[kind]} are not current, but as of ${new Date(coverage.since).toISOString()}: ${oneLine(coverage.message)}`,
        );
        return false;
      case 'forbidden':
        gaps.push(
          coverage.except === undefined
            ? `the ${words[kind]} could not be read: ${oneLine(coverage.message)}`
            : `the ${words[kind]} could be read in ${coverage.except.map((name) => oneLine(name, 80)).join(', ')} only: ${oneLine(coverage.message)}`,
        );
        return coverage.except !== undefined;
      case 'failed':
        gaps.push(`the ${words[kind]} could not be read: ${oneLine(coverage.message)}`);
        return false;
    }
  };
  const [pod, service, slice] = listed.map(complete);
  return {
    readable: { Pod: pod ?? false, Service: service ?? false, EndpointSlice: slice ?? false },
    gaps,
  };
}
