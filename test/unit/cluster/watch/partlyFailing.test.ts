import assert from 'node:assert/strict';
import { ExplainedError } from '../../../../src/base/errors.ts';
import { connectionState, outcomeOf } from '../../../../src/cluster/watch/state.ts';
import type { ReflectorStatus } from '../../../../src/cluster/watch/reflectorStatus.ts';

const waiting = (code: string, attempts: number, since?: number): ReflectorStatus => ({
  is: 'waiting',
  error: new ExplainedError(code, 'It broke.', { remedy: 'Mend it.' }),
  attempts,
  failingSince: 500,
  since,
  retryAt: 1_000,
});
const readings = (pods: ReflectorStatus, claims: ReflectorStatus) =>
  [
    { kind: 'Pod', status: pods },
    { kind: 'PersistentVolumeClaim', status: claims },
  ] as const;

describe('a kind that fails beside others', () => {
  it('does not make the cluster unreachable once something was read', () => {
    const broken = waiting('malformed-answer', 1);
    const stale = { is: 'stale', since: 500, message: 'It broke.', retryAt: 1_000 };
    assert.deepEqual(connectionState(readings({ is: 'live' }, broken)), stale);
    assert.deepEqual(connectionState(readings({ is: 'catching-up', since: 100 }, broken)), stale);
    assert.equal(connectionState(readings({ is: 'loading' }, broken)).is, 'unreachable');
    assert.equal(connectionState(readings(broken, broken)).is, 'unreachable');
  });

  it('is told of as a gap after three tries; where nothing is live, it is the outcome', () => {
    assert.equal(outcomeOf(readings({ is: 'live' }, waiting('malformed-answer', 2))), undefined);
    assert.equal(outcomeOf(readings({ is: 'live' }, waiting('malformed-answer', 3))), 'read');
    assert.equal(outcomeOf(readings({ is: 'loading' }, waiting('connection-reset', 2))), undefined);
    for (const code of ['connection-reset', 'malformed-answer']) {
      const outcome = outcomeOf(readings({ is: 'loading' }, waiting(code, 3)));
      assert.ok(outcome instanceof ExplainedError && outcome.code === code);
    }
    assert.ok(
      outcomeOf(readings({ is: 'loading' }, waiting('connection-refused', 1))) instanceof ExplainedError,
    );
  });
});
