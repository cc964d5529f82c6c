import type { ExplainedError } from '../../base/errors.ts';
import type { ConnectionState } from '../../model/connection.ts';
import type { Kind } from '../../model/objects.ts';
import { troubleOf, type ReflectorStatus } from './reflectorStatus.ts';
import { resources } from './resources.ts';

interface Reading {
  readonly kind: Kind;
  readonly status: ReflectorStatus;
}
type Waiting = Extract<ReflectorStatus, { is: 'waiting' }>;

/** Where a connection stands, from the standing of all it reads. */
export function connectionState(readings: readonly Reading[]): ConnectionState {
  const waiting = waitingOf(readings);
  const withTrouble = (...troubles: string[]): readonly Waiting[] =>
    waiting.filter((status) => troubles.includes(troubleOf(status.error)));
  const [credentials] = withTrouble('credentials');
  if (credentials !== undefined) {
    const { message, remedy = '' } = credentials.error;
    return { is: 'unauthorised', message, remedy };
  }
  const [network, ...moreNetwork] = withTrouble('network');
  // One kind that fails does not make the others unreachable.
  if (network !== undefined) return failing(network, moreNetwork, anythingRead(readings));
  const forbidden = allForbidden(readings);
  if (forbidden !== undefined) return { is: 'forbidden', message: forbidden.message };
  if (readings.some(({ status }) => status.is === 'loading')) return { is: 'connecting' };
  const [refused, ...moreRefused] = withTrouble('refused', 'busy');
  if (refused !== undefined) {
    return failing(refused, moreRefused, anythingRead(readings));
  }
  const since = readings.flatMap(({ status }) => (status.is === 'catching-up' ? [status.since] : []));
  if (since.length > 0) return { is: 'catching-up', since: Math.min(...since) };
  return readings.every(({ status }) => status.is === 'idle') ? { is: 'idle' } : { is: 'live' };
}

const triesWhereReached = 3;

/** A cut connection happens to everybody once; where nothing was reached at all, the next try will hardly help. */
function triesOf({ code }: ExplainedError): number {
  return code === 'connection-reset' || code === 'malformed-answer' ? triesWhereReached : 1;
}

/** What `whenRead` waits for: `undefined`: wait on; an error: it will not become better soon. */
export function outcomeOf(readings: readonly Reading[]): 'read' | ExplainedError | undefined {
  const waiting = waitingOf(readings);
  const anyLive = readings.some(({ status }) => status.is === 'live');
  const hopeless = waiting.find(({ error, attempts }) => {
    const trouble = troubleOf(error);
    if (trouble === 'network') return !anyLive && attempts >= triesOf(error);
    return trouble === 'credentials';
  });
  if (hopeless !== undefined) return hopeless.error;
  const forbidden = allForbidden(readings);
  if (forbidden !== undefined) return forbidden;
  const settled = readings.every(({ status }) => {
    if (status.is !== 'waiting') return status.is === 'live';
    const trouble = troubleOf(status.error);
    if (trouble === 'forbidden' || trouble === 'absent') return true;
    return (
      (trouble === 'refused' || (trouble === 'network' && anyLive)) && status.attempts >= triesWhereReached
    );
  });
  if (!settled) return undefined;
  const [first] = waiting;
  return first !== undefined && waiting.length === readings.length ? first.error : 'read';
}

/** Nodes and namespaces alone show nothing of use: what counts is what stands in namespaces. */
function allForbidden(readings: readonly Reading[]): ExplainedError | undefined {
  const errors = readings
    .filter(({ kind }) => resources[kind].namespaced)
    .map(({ status }) =>
      status.is === 'waiting' && troubleOf(status.error) === 'forbidden' ? status.error : undefined,
    );
  return errors.every((error) => error !== undefined) ? errors[0] : undefined;
}

/** Whether there is something to show: read now, or once and not current since. */
function anythingRead(readings: readonly Reading[]): boolean {
  return readings.some(
    ({ status }) => status.is === 'live' || (status.is !== 'loading' && status.since !== undefined),
  );
}

/** @param partly whether another part was read: what was never read is missing since its first failure */
function failing(first: Waiting, others: readonly Waiting[], partly: boolean): ConnectionState {
  const all = [first, ...others];
  const { error } = first;
  const retryAt = Math.min(...all.map((status) => status.retryAt));
  const since = all
    .map((status) => status.since ?? (partly ? status.failingSince : undefined))
    .filter((time) => time !== undefined);
  if (since.length > 0) return { is: 'stale', since: Math.min(...since), message: error.message, retryAt };
  return { is: 'unreachable', message: error.message, remedy: error.remedy ?? '', retryAt };
}

function waitingOf(readings: readonly Reading[]): readonly Waiting[] {
  return readings.flatMap(({ status }) => (status.is === 'waiting' ? [status] : []));
}
