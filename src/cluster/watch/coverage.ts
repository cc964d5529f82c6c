import { t } from '../../base/l10n.ts';
import type { Coverage } from '../../model/snapshot.ts';
import { troubleOf, type ReflectorStatus } from './reflectorStatus.ts';

interface Reading {
  readonly namespace: string;
  readonly status: ReflectorStatus;
}

/**
 * How much of a kind is there, from all collections it is read from: as bad as the worst of them, since "there is
 * none" must be true of all.
 * @param optional whether a server that does not have the kind has none of it
 */
export function coverageOf(readings: readonly Reading[], optional = false): Coverage {
  if (readings.length === 0) return { is: 'unread' };
  const all = readings.map((reading) => coverageOfOne(reading, readings.length > 1, optional));
  for (const is of ['forbidden', 'failed', 'stale', 'loading', 'unread'] as const) {
    const [worst, ...others] = all.filter((coverage) => coverage.is === is);
    if (worst === undefined) continue;
    if (worst.is === 'forbidden') return forbidden(worst.message, others.length, readings, all);
    if (!('message' in worst) || others.length === 0) return worst;
    const message = t('{0} (and {1} more)', worst.message, others.length);
    if (worst.is !== 'stale') return { ...worst, message };
    const since = Math.min(
      worst.since,
      ...others.map((other) => (other.is === 'stale' ? other.since : Infinity)),
    );
    return { ...worst, since, message };
  }
  return { is: 'complete' };
}

/** Names the namespaces that are read nevertheless. */
function forbidden(
  first: string,
  more: number,
  readings: readonly Reading[],
  coverages: readonly Coverage[],
): Coverage {
  // What is refused in all namespaces says already what is refused in one of them.
  const message =
    more === 0 || readings.some(({ namespace }) => namespace === '')
      ? first
      : t('{0} (and {1} more)', first, more);
  const except = readings
    .map(({ namespace }) => namespace)
    .filter((namespace, index) => namespace !== '' && coverages[index]?.is === 'complete');
  return { is: 'forbidden', message, ...(except.length > 0 && { except }) };
}

function coverageOfOne({ namespace, status }: Reading, several: boolean, optional: boolean): Coverage {
  const where = (message: string): string =>
    several && namespace !== '' && !message.includes(`"${namespace}"`)
      ? t('Namespace {0}: {1}', namespace, message)
      : message;
  switch (status.is) {
    case 'idle':
      if (status.since === undefined) return { is: 'unread' };
      return { is: 'stale', since: status.since, message: where(t('nobody watched it since then')) };
    case 'loading':
      return { is: 'loading' };
    case 'live':
      return { is: 'complete' };
    case 'catching-up':
      return { is: 'stale', since: status.since, message: where(t('being read again')) };
    case 'waiting': {
      const message = where(status.error.message);
      const trouble = troubleOf(status.error);
      if (trouble === 'absent' && optional) return { is: 'complete' };
      if (trouble === 'forbidden') return { is: 'forbidden', message };
      if (status.since !== undefined) return { is: 'stale', since: status.since, message };
      return trouble === 'busy' ? { is: 'loading' } : { is: 'failed', message };
    }
  }
}
