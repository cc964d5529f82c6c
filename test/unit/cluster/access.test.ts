import assert from 'node:assert/strict';
import { createAccess } from '../../../src/cluster/access/access.ts';
import type { Json } from '../../../src/model/json.ts';
import { list, record } from '../../../src/model/json.ts';
import type { Action } from '../../../src/model/requests.ts';
import review from '../../fixtures/recordings/selfsubjectrulesreview.json' with { type: 'json' };
import { answer, ApiServer, status } from './support/apiServer.ts';
import { resolvedContext, testClient, testEnvironment } from './support/client.ts';

const never = new AbortController().signal;

describe('access', () => {
  let server: ApiServer;
  /** What each kind of review was asked, and says. */
  let asked: { readonly kind: string; readonly spec: Json }[];
  let rules: Json | undefined;
  let allows: (attributes: Json) => boolean;
  let version: string;

  beforeEach(async () => {
    version = '36';
    server = await new ApiServer().start();
    asked = [];
    rules = undefined;
    allows = () => false;
    server.intercept = (request, response, url) => {
      if (url.pathname === '/version') {
        answer(response, 200, { major: '1', minor: version });
        return true;
      }
      void request.toArray().then((chunks) => {
        const body = record(JSON.parse(Buffer.concat(chunks as Buffer[]).toString()));
        const spec = record(body.spec);
        asked.push({ kind: String(body.kind), spec });
        if (url.pathname.endsWith('selfsubjectrulesreviews')) {
          if (rules === undefined) answer(response, 404, status(404, 'NotFound', 'no such resource'));
          else answer(response, 201, { status: rules });
          return;
        }
        const allowed = allows(record(spec.resourceAttributes));
        answer(response, 201, { status: { allowed, ...(!allowed && { reason: 'no RBAC policy matched' }) } });
      });
      return true;
    };
  });
  afterEach(() => server.stop());

  it('answers for a namespace by one review, however many ask, and remembers for a minute', async () => {
    rules = review.body.status;
    let now = 0;
    const client = testClient(resolvedContext(server.url), testEnvironment({ now: () => now }));
    const access = createAccess(client);
    const may = async (verb: string, resource: string, over: Partial<Action> = {}): Promise<boolean> =>
      (await access.may({ verb, resource, namespace: 'default', ...over }, never)).allowed;
    const answers = await Promise.all([
      may('list', 'pods'),
      may('list', 'secrets'),
      may('delete', 'pods'),
      may('get', 'pods', { subresource: 'log' }),
      may('get', 'pods', { subresource: 'exec' }),
      may('list', 'deployments', { group: 'apps' }),
      may('list', 'deployments'),
    ]);
    assert.deepEqual(answers, [true, false, false, true, false, true, false]);
    assert.equal((await access.canExec('default', never)).allowed, false);
    assert.equal((await access.canForwardPorts('default', never)).allowed, false);
    assert.deepEqual(asked, [{ kind: 'SelfSubjectRulesReview', spec: { namespace: 'default' } }]);
    now = 60_000;
    await may('list', 'pods');
    assert.equal(asked.length, 2);
    client.forgetCredentials();
    await may('list', 'pods');
    assert.equal(asked.length, 3);
    client.dispose();
  });

  it('asks singly where the review is incomplete, is not served, or no namespace is meant', async () => {
    const client = testClient(resolvedContext(server.url));
    const access = createAccess(client);
    const [firstRule] = list(record(review.body.status).resourceRules);
    rules = { resourceRules: [firstRule], incomplete: true };
    allows = ({ verb }) => verb === 'get';
    assert.equal((await access.may({ verb: 'get', resource: 'pods', namespace: 'a' }, never)).allowed, true);
    const refused = await access.may({ verb: 'list', resource: 'pods', namespace: 'a' }, never);
    assert.deepEqual(refused, { allowed: false, reason: 'no RBAC policy matched' });
    const exec = await access.canExec('a', never);
    assert.deepEqual(exec, { allowed: false, reason: 'no RBAC policy matched' });
    rules = undefined;
    assert.equal((await access.may({ verb: 'get', resource: 'pods', namespace: 'b' }, never)).allowed, true);
    assert.equal(await access.canListAllNamespaces(never), false);
    assert.equal(await access.canListAllNamespaces(never), false);
    const single = asked.filter(({ kind }) => kind === 'SelfSubjectAccessReview');
    assert.deepEqual(
      new Set(single.map(({ spec }) => JSON.stringify(spec))),
      new Set(
        [
          { resourceAttributes: { verb: 'get', resource: 'pods', namespace: 'a' } },
          { resourceAttributes: { verb: 'list', resource: 'pods', namespace: 'a' } },
          { resourceAttributes: { verb: 'get', resource: 'pods', subresource: 'exec', namespace: 'a' } },
          { resourceAttributes: { verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'a' } },
          { resourceAttributes: { verb: 'get', resource: 'pods', namespace: 'b' } },
          { resourceAttributes: { verb: 'list', resource: 'pods' } },
        ].map((spec) => JSON.stringify(spec)),
      ),
    );
    assert.equal(single.length, 6);
    client.dispose();
  });

  it('needs create for an upgrade since 1.35, and not before', async () => {
    rules = { resourceRules: [{ verbs: ['get'], apiGroups: [''], resources: ['*'] }], incomplete: false };
    for (const [minor, allowed] of [
      ['34+', true],
      ['35', false],
    ] as const) {
      version = minor;
      const client = testClient(resolvedContext(server.url));
      const access = createAccess(client);
      assert.equal((await access.canExec('a', never)).allowed, allowed, minor);
      assert.equal((await access.canForwardPorts('a', never)).allowed, allowed, minor);
      client.dispose();
    }
  });

  it('matches wildcards and names as RBAC does', async () => {
    const client = testClient(resolvedContext(server.url));
    const access = createAccess(client);
    const all = { verbs: ['*'], apiGroups: ['*'] };
    rules = {
      resourceRules: [
        { ...all, resources: ['*/log'] },
        { ...all, resources: ['services'], resourceNames: ['web'] },
        { verbs: ['get'], apiGroups: [''], resources: ['*'] },
      ],
      incomplete: false,
    };
    const may = async (action: Action): Promise<boolean> =>
      (await access.may({ namespace: 'a', ...action }, never)).allowed;
    assert.equal(await may({ verb: 'create', resource: 'pods', subresource: 'log' }), true);
    assert.equal(await may({ verb: 'create', resource: 'pods' }), false);
    assert.equal(await may({ verb: 'delete', resource: 'services', name: 'web' }), true);
    assert.equal(await may({ verb: 'delete', resource: 'services', name: 'other' }), false);
    assert.equal(await may({ verb: 'delete', resource: 'services' }), false);
    assert.equal(await may({ verb: 'get', resource: 'pods', subresource: 'exec' }), true);
    client.dispose();
  });

  it('never takes a failure for a no', async () => {
    server.intercept = (_request, response) => {
      answer(response, 500, status(500, 'InternalError', 'webhook is down'));
      return true;
    };
    const client = testClient(resolvedContext(server.url));
    const access = createAccess(client);
    await assert.rejects(access.canListAllNamespaces(never), { message: 'webhook is down' });
    await assert.rejects(access.canExec('default', never), { message: 'webhook is down' });
    client.dispose();
  });
});
