import { flag, record, text } from '../model/json.ts';
import type { AccessReviews, Action, Permission } from '../model/requests.ts';
import type { ClusterClient } from './transport/client.ts';

/** Rights change seldom, but they do: an answer is good for a minute. */
const goodForMs = 60_000;

/** What the user of a client may do, as the server says (SelfSubjectAccessReview), remembered for a minute. */
export class Access implements AccessReviews {
  readonly #client: ClusterClient;
  readonly #known = new Map<string, { readonly until: number; readonly permission: Permission }>();

  constructor(client: ClusterClient) {
    this.#client = client;
    client.onDidForgetCredentials(() => this.#known.clear());
  }

  /** @throws ApiError, ExplainedError where it cannot be found out; CancelledError. */
  async may(action: Action, signal: AbortSignal): Promise<Permission> {
    const key = JSON.stringify(action);
    const known = this.#known.get(key);
    const { now } = this.#client.environment;
    if (known !== undefined && now() < known.until) return known.permission;
    const answer = await this.#client.json({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: action },
      },
      signal,
    });
    const status = record(answer.status);
    const permission = { allowed: flag(status.allowed), reason: text(status.reason) };
    this.#known.set(key, { until: now() + goodForMs, permission });
    return permission;
  }

  /** Whether pods may be listed in all namespaces at once; where not, the scope must name namespaces. */
  async canListAllNamespaces(signal: AbortSignal): Promise<boolean> {
    return (await this.may({ verb: 'list', resource: 'pods' }, signal)).allowed;
  }

  /** Whether programs may be run in a namespace's pods: since 1.35 that needs `create` besides `get`. */
  async canExec(namespace: string, signal: AbortSignal): Promise<Permission> {
    const exec = { resource: 'pods', subresource: 'exec', namespace };
    const answers = await Promise.all(['get', 'create'].map((verb) => this.may({ verb, ...exec }, signal)));
    return answers.find(({ allowed }) => !allowed) ?? { allowed: true, reason: '' };
  }
}

/** What the user of a client may do. */
export function createAccess(client: ClusterClient): Access {
  return new Access(client);
}
