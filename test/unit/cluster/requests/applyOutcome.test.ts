import assert from 'node:assert/strict';
import { refusedApply, warningsOf } from '../../../../src/cluster/requests/applyOutcome.ts';
import { ApiError } from '../../../../src/cluster/transport/apiError.ts';

function refusal(code: number, message: string, causes: readonly object[] = []): ApiError {
  const body = { kind: 'Status', code, message, details: { causes } };
  return new ApiError(code, JSON.stringify(body), {}, 'PATCH /x');
}

describe('reading a refused apply', () => {
  it('names the manager behind each conflict, subresource or not', () => {
    const causes = [
      ['conflict with "kubectl-client-side-apply" using v1', '.spec.type'],
      ['conflict with "kube-controller-manager" with subresource "scale" using apps/v1', '.spec.replicas'],
    ].map(([message, field]) => ({ reason: 'FieldManagerConflict', message, field }));
    const outcome = refusedApply(refusal(409, 'Apply failed with 2 conflicts', causes));
    assert.deepEqual(outcome, {
      is: 'conflict',
      message: 'Apply failed with 2 conflicts',
      conflicts: [
        { manager: 'kubectl-client-side-apply', field: '.spec.type' },
        { manager: 'kube-controller-manager', field: '.spec.replicas' },
      ],
    });
  });

  it('throws on what is not about the object', () => {
    const forbidden =
      'services "x" is forbidden: User "viewer" cannot patch resource "services" in API group "" in the namespace "default"';
    for (const error of [
      refusal(403, forbidden),
      refusal(409, 'the object has been modified'),
      refusal(500, 'etcdserver: request timed out'),
      new Error('ours'),
    ]) {
      assert.throws(() => refusedApply(error), error);
    }
  });

  it('takes admission’s refusals for the object’s fault', () => {
    for (const message of [
      'admission webhook "v.example.com" denied the request: no',
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged',
      'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    ]) {
      assert.deepEqual(refusedApply(refusal(403, message)), { is: 'invalid', message, causes: [] });
    }
  });

  it('names each field that the kind does not have', () => {
    const start = 'failed to create typed patch object (default/x; apps/v1, Kind=Deployment): ';
    const outcome = refusedApply(
      refusal(
        500,
        `${start}errors:\n  .spec.a: field not declared in schema\n  .spec.b: expected map, got x`,
      ),
    );
    assert.equal(outcome.is, 'invalid');
    assert.deepEqual(outcome.causes, [
      { field: '.spec.a', message: 'field not declared in schema' },
      { field: '.spec.b', message: 'expected map, got x' },
    ]);
  });

  it("reads server-side apply's word for a wrong type as servers up to 1.20 say it", () => {
    const message = 'failed to create typed patch object: .spec.bogus: field not declared in schema';
    const outcome = refusedApply(refusal(500, message));
    assert.ok(outcome.is === 'invalid');
    assert.deepEqual(outcome.causes, [{ field: '.spec.bogus', message: 'field not declared in schema' }]);
  });

  it('reads every warning of an answer', () => {
    const warning = '299 - "first, with \\"quotes\\"", 299 - "second"';
    assert.deepEqual(warningsOf({ warning }), ['first, with "quotes"', 'second']);
    assert.deepEqual(warningsOf({}), []);
  });
});
