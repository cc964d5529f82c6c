import { isCancellation, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { ObjectRequests } from './requests.ts';

/**
 * What stands beside the evaluated policies, a line each: policies of other kinds, kinds that may not be listed, or
 * why it could not be found out. That it could not is itself something not seen, and no reason to give up.
 * @throws CancelledError
 */
export async function describeOtherPolicies(
  objects: Pick<ObjectRequests, 'otherPolicies'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const { found, unreadable } = await objects.otherPolicies(signal);
    return [...found, ...unreadable.map((kind) => t('{0} (may not be listed)', kind))];
  } catch (error) {
    if (isCancellation(error)) throw error;
    return [t('policies of other kinds ({0})', messageOf(error))];
  }
}
