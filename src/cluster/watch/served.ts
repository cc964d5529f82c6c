import { t } from '../../base/l10n.ts';
import { list, record, text } from '../../model/json.ts';
import { ApiError } from '../transport/apiError.ts';
import type { ClusterClient } from '../transport/client.ts';

/**
 * The newest version in which a server serves a resource of a group that only some clusters have. Asked by
 * discovery, which everybody may read: a list would answer 403 for what does not exist.
 * @throws ApiError with status 404 where it serves none; as the client does.
 */
export async function servedVersion(
  client: ClusterClient,
  { group, plural }: { readonly group: string; readonly plural: string },
  signal: AbortSignal,
): Promise<string> {
  const { versions } = await client.json({ path: `/apis/${group}`, signal });
  for (const entry of list(versions)) {
    const version = text(record(entry).version);
    const { resources } = await client.json({
      path: `/apis/${group}/${encodeURIComponent(version)}`,
      signal,
    });
    if (list(resources).some((resource) => record(resource).name === plural)) return version;
  }
  throw new ApiError(404, '', {}, t('The server has no {0}.{1}', plural, group));
}
