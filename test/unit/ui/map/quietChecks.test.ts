import assert from 'node:assert/strict';
import type { MapEdge } from '../../../../src/ui/panels/protocol/map.ts';
import { quietChecks } from '../../../../src/ui/panels/protocol/mapEdges.ts';

function edges(count: number, state: MapEdge['state'], kind: MapEdge['kind'] = 'check'): readonly MapEdge[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${kind}-${state}-${index}`,
    ...{ from: 'a', to: 'b', kind, state, word: '', count: 1, about: '' },
  }));
}

describe('Results of checks on the map', () => {
  it('are all drawn while they are few, whatever else there is', () => {
    assert.equal(
      quietChecks([...edges(20, 'ok'), ...edges(4, 'failed'), ...edges(99, 'ok', 'endpoint')]).size,
      0,
    );
  });

  it('leave those that failed where they are many, and none where even these are many', () => {
    const few = quietChecks([...edges(100, 'ok'), ...edges(5, 'warning'), ...edges(24, 'failed')]);
    assert.deepEqual([few.size, few.has('check-failed-0'), few.has('check-warning-0')], [105, false, true]);
    assert.equal(quietChecks([...edges(100, 'ok'), ...edges(25, 'failed')]).size, 125);
  });
});
