import { delay } from '../../base/cancellation.ts';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Kind } from '../../model/objects.ts';
import type { LinkedAbort } from '../linkedAbort.ts';
import { ApiError } from '../transport/apiError.ts';
import { troubleOf, type Trouble } from './reflectorStatus.ts';

/** How long to leave a cluster alone whose answer will hardly change by itself, in milliseconds. */
const longPauses: Partial<Record<Trouble, number>> = {
  forbidden: 60_000,
  absent: 300_000,
  // Each try may open a browser, or count towards locking the account.
  credentials: 300_000,
};

/** How long to wait after an error. @param backoffMs what the backoff says */
export function pauseAfter(error: ExplainedError, backoffMs: number): number {
  const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
  return longPauses[troubleOf(error)] ?? Math.max(backoffMs, asked);
}

/** Waits; woken, or ended with what it is linked to, it just returns. */
export async function rest(wake: LinkedAbort, ms: number): Promise<void> {
  try {
    await delay(ms, wake.signal);
  } catch (error) {
    if (!isCancellation(error)) throw error;
  } finally {
    wake.dispose();
  }
}

/** What was thrown, in words: all but our own mistakes comes in words already. */
export function explained(thrown: unknown, kind: Kind): ExplainedError {
  if (thrown instanceof ExplainedError) return thrown;
  return new ExplainedError('internal-error', t('Reading {0} objects failed: {1}', kind, messageOf(thrown)), {
    remedy: t('Please report this with the log.'),
    cause: thrown,
  });
}
