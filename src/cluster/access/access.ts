import { flag, record, text } from '../../model/json.ts';
import type { AccessReviews, Action, Permission } from '../../model/requests.ts';
import { ApiError } from '../transport/apiError.ts';
import type { ClusterClient } from '../transport/client.ts';
import { withSignal } from '../withSignal.ts';
import { isAllowedBy, readRules, type Rules } from './rules.ts';

/** Rights change seldom, but they do: an answer is good for a minute. */
const goodForMs = 60_000;
const api = '/apis/authorization.k8s.io/v1';

/** The minor version since which upgrades are authorised as `create` too (KEP 4006). */
const createNeededSince = 35;

interface Remembered {
  readonly until: number;
  readonly rules: Promise<Rules | undefined>;
}

/**
 * What the user of a client may do, as the server says, remembered for a minute and forgotten with the credentials. In
 * a namespace one SelfSubjectRulesReview answers everything; where it is incomplete, and for what is not in a
 * namespace, a SelfSubjectAccessReview answers each question.
 */
export class Access implements AccessReviews {
  readonly #client: ClusterClient;
  readonly #answers = new Map<string, { readonly until: number; readonly permission: Permission }>();
  readonly #rules = new Map<string, Remembered>();
  readonly #disposed = new AbortController();

  constructor(client: ClusterClient) {
    this.#client = client;
    client.onDidForgetCredentials(() => {
      this.#answers.clear();
      this.#rules.clear();
    });
    client.onDidDispose(() => this.#disposed.abort());
  }

  /** @throws ApiError, ExplainedError where it cannot be found out; CancelledError. */
  async may(action: Action, signal: AbortSignal): Promise<Permission> {
    const rules = action.namespace === undefined ? undefined : await this.#rulesOf(action.namespace, signal);
    if (rules !== undefined) {
      if (isAllowedBy(rules, action)) return { allowed: true, reason: '' };
      if (!rules.incomplete) return { allowed: false, reason: '' };
    }
    return this.#ask(action, signal);
  }

  /** Whether pods may be listed in all namespaces at once; where not, the scope must name namespaces. */
  async canListAllNamespaces(signal: AbortSignal): Promise<boolean> {
    return (await this.may({ verb: 'list', resource: 'pods' }, signal)).allowed;
  }

  canExec(namespace: string, signal: AbortSignal): Promise<Permission> {
    return this.#canUpgrade(namespace, 'exec', signal);
  }

  canForwardPorts(namespace: string, signal: AbortSignal): Promise<Permission> {
    return this.#canUpgrade(namespace, 'portforward', signal);
  }

  /** A WebSocket is opened by a GET, which needs `get`; since Kubernetes 1.35 it needs `create` as well. */
  async #canUpgrade(namespace: string, subresource: string, signal: AbortSignal): Promise<Permission> {
    const action = { resource: 'pods', subresource, namespace };
    const get = await this.may({ verb: 'get', ...action }, signal);
    const create = await this.may({ verb: 'create', ...action }, signal);
    const answers = create.allowed || !(await this.#needsCreate(signal)) ? [get] : [get, create];
    return answers.find(({ allowed }) => !allowed) ?? { allowed: true, reason: '' };
  }

  async #needsCreate(signal: AbortSignal): Promise<boolean> {
    const { major, minor } = await this.#client.json({ path: '/version', signal });
    const [first, second] = [major, minor].map((part) => Number.parseInt(text(part), 10));
    return first !== 1 || second === undefined || !(second < createNeededSince);
  }

  /** undefined: the server does not answer such reviews. Those who ask at the same time share one request. */
  #rulesOf(namespace: string, signal: AbortSignal): Promise<Rules | undefined> {
    const { now } = this.#client.environment;
    const known = this.#rules.get(namespace);
    if (known !== undefined && now() < known.until) return withSignal(known.rules, signal);
    const rules = this.#readRules(namespace);
    const entry = { until: now() + goodForMs, rules };
    this.#rules.set(namespace, entry);
    rules.catch(() => {
      // A failure is not remembered.
      if (this.#rules.get(namespace) === entry) this.#rules.delete(namespace);
    });
    return withSignal(rules, signal);
  }

  async #readRules(namespace: string): Promise<Rules | undefined> {
    try {
      const review = await this.#client.json({
        method: 'POST',
        path: `${api}/selfsubjectrulesreviews`,
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectRulesReview',
          spec: { namespace },
        },
        signal: this.#disposed.signal,
      });
      return readRules(review);
    } catch (error) {
      // Not served, not allowed, or an authorizer that cannot tell: single questions may still be answered.
      if (error instanceof ApiError && error.httpStatus !== 401) return undefined;
      throw error;
    }
  }

  async #ask(action: Action, signal: AbortSignal): Promise<Permission> {
    const key = JSON.stringify(action);
    const known = this.#answers.get(key);
    const { now } = this.#client.environment;
    if (known !== undefined && now() < known.until) return known.permission;
    const answer = await this.#client.json({
      method: 'POST',
      path: `${api}/selfsubjectaccessreviews`,
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: action },
      },
      signal,
    });
    const status = record(answer.status);
    const permission = { allowed: flag(status.allowed), reason: text(status.reason) };
    this.#answers.set(key, { until: now() + goodForMs, permission });
    return permission;
  }
}

/** What the user of a client may do. */
export function createAccess(client: ClusterClient): Access {
  return new Access(client);
}
