import { ExplainedError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { record, text, type Json } from '../../model/json.ts';
import type { ApiDocuments } from '../../model/requests.ts';
import type { ClusterClient } from '../transport/client.ts';

/** The documents are large, and a server that just got a new resource definition makes them first. */
const timeoutMs = 60_000;

/** The server's own description of its API, `/openapi/v3`. */
export function createOpenApi({ client }: { readonly client: ClusterClient }): ApiDocuments {
  return {
    async list(signal) {
      const index = await client.json({ path: '/openapi/v3', timeoutMs, signal });
      const places = Object.entries(record(index.paths)).map(
        ([name, value]) => [name, text(record(value).serverRelativeURL)] as const,
      );
      return new Map(
        places.filter(([name, place]) => /^apis?\//.test(name) && place.startsWith('/openapi/v3/')),
      );
    },
    async read(place, signal): Promise<Json> {
      if (!place.startsWith('/openapi/v3/'))
        throw new ExplainedError('bad-answer', t('{0} is no place of a description of the API.', place));
      const [path = '', query = ''] = place.split('?', 2);
      return await client.json({
        path,
        query: [...new URLSearchParams(query)],
        accept: 'application/json',
        compress: true,
        timeoutMs,
        signal,
      });
    },
  };
}
