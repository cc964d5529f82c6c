/** Who may ask: bearer tokens, and what each user may do. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { StatusError } from '../api/errors.ts';

/** What a request does, as authorization sees it. */
export interface Attributes {
  verb: string;
  group: string;
  resource: string;
  subresource?: string | undefined;
  namespace?: string | undefined;
  name?: string | undefined;
}

export interface User {
  name: string;
  groups: readonly string[];
  /** True where the user may do it. */
  allows(attributes: Attributes): boolean;
}

interface Account {
  user: User;
  digest: Buffer;
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

const readVerbs = ['get', 'list', 'watch'];
/** The lab's counterpart of the `view` role: no secrets, no nodes, nothing of other namespaces. */
const viewerDenied = ['secrets', 'nodes', 'persistentvolumes', 'storageclasses', 'ingressclasses'];
/** The upgrade to exec and the like is a GET, but no reading. */
const viewerDeniedSubresources = ['exec', 'attach', 'portforward', 'proxy'];

/** May do everything. */
export const adminUser: User = {
  name: 'podnet-lab-admin',
  groups: ['system:masters', 'system:authenticated'],
  allows: () => true,
};

/** May look at namespace `default`, as the user of the recorded refusals. */
export const viewerUser: User = {
  name: 'viewer',
  groups: ['system:authenticated'],
  allows: ({ verb, group, resource, subresource, namespace, name }) => {
    if (group === 'authorization.k8s.io' || group === 'authentication.k8s.io') return true;
    if (!readVerbs.includes(verb) || viewerDenied.includes(resource)) return false;
    if (subresource && viewerDeniedSubresources.includes(subresource)) return false;
    return resource === 'namespaces' ? name === 'default' : namespace === 'default';
  },
};

export class Accounts {
  readonly #accounts: Account[] = [];

  /** Adds a user with a fresh random token and returns the token. */
  add(user: User): string {
    const token = randomBytes(32).toString('base64url');
    this.#accounts.push({ user, digest: digestOf(token) });
    return token;
  }

  /** The user of a request's bearer token; StatusError 401. Compares in constant time. */
  authenticate(request: IncomingMessage): User {
    const header = request.headers.authorization ?? '';
    const digest = digestOf(header.startsWith('Bearer ') ? header.slice('Bearer '.length) : '');
    const account = this.#accounts.find((candidate) => timingSafeEqual(candidate.digest, digest));
    if (!account) throw new StatusError(401, 'Unauthorized', 'Unauthorized');
    return account.user;
  }
}

/** 403 in the words of the recorded refusals. */
export function checkAllowed(user: User, attributes: Attributes): void {
  if (user.allows(attributes)) return;
  const { verb, group, resource, subresource, namespace, name } = attributes;
  const full = group ? `${resource}.${group}` : resource;
  const place = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  throw new StatusError(
    403,
    'Forbidden',
    `${full}${name ? ` "${name}"` : ''} is forbidden: User "${user.name}" cannot ${verb} resource ` +
      `"${resource}${subresource ? `/${subresource}` : ''}" in API group "${group}" ${place}`,
    { ...(name ? { name } : {}), ...(group ? { group } : {}), kind: resource },
  );
}
