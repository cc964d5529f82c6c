import type { LogRequest, PodLogs } from '../../model/requests.ts';
import { chunksOf } from '../transport/readBody.ts';
import type { ClusterClient } from '../transport/client.ts';
import { LogLines } from './logLines.ts';
import { segment } from './objectPath.ts';

/** A program may say nothing for days; TCP's keep-alive finds out whether the server still lives. */
const forEverMs = 2 ** 31 - 1;

class ApiLogs implements PodLogs {
  readonly #client: ClusterClient;

  constructor(client: ClusterClient) {
    this.#client = client;
  }

  async read(
    { namespace, pod, container, previous, follow, tailLines, timestamps }: LogRequest,
    onLines: (lines: readonly string[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { body } = await this.#client.open({
      path: `/api/v1/namespaces/${segment(namespace)}/pods/${segment(pod)}/log`,
      query: [
        ['container', container],
        ['previous', String(previous)],
        ['follow', String(follow)],
        ['tailLines', String(tailLines)],
        ['timestamps', String(timestamps)],
      ],
      signal,
    });
    const lines = new LogLines();
    const tell = (some: readonly string[]): void => {
      if (some.length > 0) onLines(some);
    };
    const silence = follow ? (): number => forEverMs : undefined;
    for await (const chunk of chunksOf(body, this.#client.context.server, silence)) tell(lines.add(chunk));
    tell(lines.end());
  }
}

/** The logs of the containers behind a client. */
export function createLogs({ client }: { readonly client: ClusterClient }): PodLogs {
  return new ApiLogs(client);
}
