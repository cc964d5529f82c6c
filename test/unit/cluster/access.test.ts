import assert from 'node:assert/strict';
import { createAccess } from '../../../src/cluster/access.ts';
import { answer, ApiServer, status } from './support/apiServer.ts';
import { resolvedContext, testClient, testEnvironment } from './support/client.ts';

describe('access', () => {
  const never = new AbortController().signal;
  let server: ApiServer;
  beforeEach(async () => {
    server = await new ApiServer().start();
  });
  afterEach(() => server.stop());

  it('asks the server, remembers for a minute, forgets with the credentials', async () => {
    const bodies: string[] = [];
    server.intercept = (request, response) => {
      void request.toArray().then((chunks) => {
        const body = Buffer.concat(chunks as Buffer[]).toString();
        bodies.push(body);
        const allowed = !body.includes('"create"');
        answer(response, 201, { status: { allowed, ...(!allowed && { reason: 'no RBAC policy matched' }) } });
      });
      return true;
    };
    let now = 0;
    const client = testClient(resolvedContext(server.url), testEnvironment({ now: () => now }));
    const access = createAccess(client);
    assert.equal(await access.canListAllNamespaces(never), true);
    assert.equal(await access.canListAllNamespaces(never), true);
    assert.equal(bodies.length, 1);
    const exec = await access.canExec('shop', never);
    assert.deepEqual(exec, { allowed: false, reason: 'no RBAC policy matched' });
    assert.deepEqual(JSON.parse(bodies.find((body) => body.includes('"create"')) ?? ''), {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: { verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'shop' },
      },
    });
    now = 60_000;
    await access.canListAllNamespaces(never);
    client.forgetCredentials();
    await access.canListAllNamespaces(never);
    assert.equal(bodies.length, 5);
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
    client.dispose();
  });
});
