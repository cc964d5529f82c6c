/**
 * `GET` and `PUT /podnet-lab/faults`: which faults of the API are on, and other ones. The lab listens on 127.0.0.1
 * alone; only its administrator may change them.
 */
import { badRequest, methodNotAllowed, StatusError } from '../api/errors.ts';
import { readBody } from '../http/body.ts';
import type { RequestContext } from '../http/context.ts';
import { send } from '../http/respond.ts';
import { adminUser } from '../http/users.ts';
import { apiFaults } from './all.ts';
import type { FaultyApi } from './faultyApi.ts';
import { planFaults } from './plan.ts';
import type { FaultPlan } from './plan.ts';

/** Whether a path is this one. */
export function isFaultsPath(segments: readonly string[]): boolean {
  return segments.length === 2 && segments[0] === 'podnet-lab' && segments[1] === 'faults';
}

/** The body of PUT is what `--faults` takes, as plain text or as a JSON string. */
export async function faultsRequest(
  { request, response, user }: RequestContext,
  faulty: FaultyApi,
): Promise<void> {
  if (user !== adminUser) {
    throw new StatusError(403, 'Forbidden', `User "${user.name}" cannot look at or change the lab's faults`);
  }
  if (request.method === 'PUT') faulty.set(planOf(await readBody(request)));
  else if (request.method !== 'GET') throw methodNotAllowed();
  const known = apiFaults.map(({ name, about }) => ({ name, about }));
  send(response, { code: 200, body: { faults: faulty.plan.text, known } });
}

function planOf(body: string): FaultPlan {
  const text = body.trim().replace(/^"(.*)"$/s, '$1');
  try {
    return planFaults(text);
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
}
