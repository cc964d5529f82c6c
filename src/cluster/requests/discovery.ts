import { ExplainedError, isCancellation } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import { flag, list, record, text, type Json } from '../../model/json.ts';
import type { ServedKind, ServedKinds } from '../../model/requests.ts';
import { FairLimit } from '../fairLimit.ts';
import { ApiError } from '../transport/apiError.ts';
import type { ClusterClient } from '../transport/client.ts';
import { groupVersionPath } from './objectPath.ts';

/** Custom resources come and go, but seldom. */
const goodForMs = 300_000;
const atOnce = 6;

interface Remembered {
  readonly until: number;
  readonly kinds: readonly ServedKind[];
}

/** Which kinds the server serves, remembered a group version at a time, and forgotten with the credentials. */
export class Discovery {
  readonly #client: ClusterClient;
  readonly #limit = new FairLimit(atOnce);
  readonly #known = new Map<string, Remembered>();

  constructor(client: ClusterClient) {
    this.#client = client;
    client.onDidForgetCredentials(() => this.#known.clear());
  }

  /** @throws ExplainedError where not even the core kinds can be had; CancelledError. */
  async all(signal: AbortSignal): Promise<ServedKinds> {
    const [core, groups] = await Promise.all([
      this.#kindsOf('v1', signal),
      this.#client.json({ path: '/apis', signal }),
    ]);
    const versions = list(groups.groups)
      .flatMap((group) => list(record(group).versions))
      .map((version) => text(record(version).groupVersion));
    const unanswered: string[] = [];
    const others = await Promise.all(
      versions.map(async (version) => {
        try {
          return await this.#limit.run(undefined, () => this.#kindsOf(version, signal), signal);
        } catch (error) {
          if (isCancellation(error)) throw error;
          // Its server is away: that of the others is still known, and the answer says what is missing.
          unanswered.push(version);
          return [];
        }
      }),
    );
    return { kinds: [...core, ...others.flat()], unanswered };
  }

  /**
   * How the server serves a kind.
   * @throws ExplainedError `kind-not-served`; others where it cannot be found out; CancelledError.
   */
  async find(apiVersion: string, kind: string, signal: AbortSignal): Promise<ServedKind> {
    const find = (kinds: readonly ServedKind[]): ServedKind | undefined =>
      kinds.find((candidate) => candidate.kind === kind);
    const known = this.#known.get(apiVersion);
    let found = find(await this.#kindsOf(apiVersion, signal));
    if (found === undefined && known !== undefined) {
      // A resource definition may be younger than what we remember.
      this.#known.delete(apiVersion);
      found = find(await this.#kindsOf(apiVersion, signal));
    }
    if (found !== undefined) return found;
    throw notServed(apiVersion, kind, this.#client.context.server);
  }

  async #kindsOf(apiVersion: string, signal: AbortSignal): Promise<readonly ServedKind[]> {
    const { now } = this.#client.environment;
    const known = this.#known.get(apiVersion);
    if (known !== undefined && now() < known.until) return known.kinds;
    const kinds = await this.#ask(apiVersion, signal);
    this.#known.set(apiVersion, { until: now() + goodForMs, kinds });
    return kinds;
  }

  async #ask(apiVersion: string, signal: AbortSignal): Promise<readonly ServedKind[]> {
    let answer: Json;
    try {
      answer = await this.#client.json({ path: groupVersionPath(apiVersion), signal });
    } catch (error) {
      if (error instanceof ApiError && error.httpStatus === 404) return [];
      throw error;
    }
    return (
      list(answer.resources)
        .map(record)
        // Subresources stand in the same list, with a slash.
        .filter((resource) => !text(resource.name).includes('/'))
        .map((resource) => ({
          apiVersion,
          kind: text(resource.kind),
          plural: text(resource.name),
          namespaced: flag(resource.namespaced),
          verbs: list(resource.verbs).map(text),
        }))
    );
  }
}

function notServed(apiVersion: string, kind: string, server: string): ExplainedError {
  const what = `${oneLine(apiVersion, 80)} ${oneLine(kind, 80)}`;
  return new ExplainedError(
    'kind-not-served',
    what === ' '
      ? t('The cluster at {0} serves no object without apiVersion and kind.', oneLine(server, 200))
      : t('The cluster at {0} serves no {1}.', oneLine(server, 200), what),
    {
      remedy: t(
        'Check apiVersion and kind; for a custom resource, its definition must be installed in the cluster first.',
      ),
    },
  );
}
