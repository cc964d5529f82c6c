import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitted, showing, zoomed } from '../../../../src/ui/panels/web/map/camera.ts';
import { placeComponent } from '../../../../src/ui/panels/web/map/component.ts';
import { edgePath } from '../../../../src/ui/panels/web/map/edgePath.ts';
import { shelves, type Rect } from '../../../../src/ui/panels/web/map/geometry.ts';
import { layoutMap, newMemory } from '../../../../src/ui/panels/web/map/layout.ts';
import { neighbourOf } from '../../../../src/ui/panels/web/map/neighbour.ts';
import type { MapBox, MapEdge, MapNode } from '../../../../src/ui/panels/protocol/map.ts';

function node(id: string, box: string, kind: MapNode['kind'] = 'Pod'): MapNode {
  return {
    ...{ id, box, kind, label: id, name: id, namespace: '', what: '', state: 'ok', word: '', detail: '' },
    ...{ facts: [], drills: false, actions: [] },
  };
}
function edge(from: string, to: string): MapEdge {
  return { id: `${from}>${to}`, from, to, kind: 'endpoint', state: 'ok', word: '', count: 1, about: '' };
}
const box = (id: string, is: MapBox['is'], parent = ''): MapBox => ({ id, is, parent, label: id, what: '' });
const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;
const size = () => ({ width: 140, height: 46 });
const go = (): Promise<void> => Promise.resolve();

/** Any map of some namespaces with services and workloads. */
const maps = fc
  .array(fc.array(fc.nat(12), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 })
  .map((namespaces) => {
    const nodes: MapNode[] = [];
    const boxes: MapBox[] = [];
    const edges: MapEdge[] = [];
    namespaces.forEach((workloads, index) => {
      const ns = `in/${index}`;
      boxes.push(box(ns, 'namespace'));
      workloads.forEach((pods, number) => {
        const id = `w${index}.${number}`;
        nodes.push(node(`s${id}`, ns, 'Service'));
        if (pods > 1) boxes.push(box(id, 'workload', ns));
        for (let pod = 0; pod < pods; pod++) nodes.push(node(`${id}.${pod}`, pods > 1 ? id : ns));
        if (pods > 0) edges.push(edge(`s${id}`, pods > 1 ? id : `${id}.0`));
        if (number > 0) edges.push(edge(`s${id}`, `w${index}.${number - 1}`));
      });
    });
    return { nodes, boxes, edges };
  });

describe('The arrangement of the map', () => {
  it('gives everything a place of its own inside its box', async () => {
    await fc.assert(
      fc.asyncProperty(maps, async (map) => {
        const { nodes, boxes } = await layoutMap(map, size, newMemory(), go);
        assert.equal(nodes.size, map.nodes.length);
        const rects = [...nodes.values()];
        rects.forEach((one, index) =>
          rects.slice(index + 1).forEach((other) => assert.ok(!overlap(one, other), 'two nodes overlap')),
        );
        for (const each of map.nodes) {
          const [rect, outer] = [nodes.get(each.id), boxes.get(each.box)];
          assert.ok(rect && outer && inside(rect, outer), `${each.id} sticks out of ${each.box}`);
        }
        for (const each of map.boxes.filter(({ is }) => is === 'workload')) {
          const [rect, outer] = [boxes.get(each.id), boxes.get(each.parent)];
          assert.ok(rect && outer && inside(rect, outer));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps everything in its place when one pod takes the place of another', async () => {
    const memory = newMemory();
    const boxes = [box('in/a', 'namespace'), box('w', 'workload', 'in/a')];
    const service = node('s', 'in/a', 'Service');
    const before = [service, node('p1', 'w'), node('p2', 'w'), node('p3', 'w')];
    const edges = [edge('s', 'w')];
    const first = await layoutMap({ nodes: before, boxes, edges }, size, memory, go);
    const after = [service, node('p1', 'w'), node('p3', 'w'), node('a-new', 'w')];
    const second = await layoutMap({ nodes: after, boxes, edges }, size, memory, go);
    for (const id of ['s', 'p1', 'p3']) assert.deepEqual(second.nodes.get(id), first.nodes.get(id), id);
    assert.deepEqual(second.nodes.get('a-new'), first.nodes.get('p2'));
  });

  it('gives the page a turn between pieces, and stops when it is told to', async () => {
    const boxes = [box('in/a', 'namespace')];
    const nodes = Array.from({ length: 30 }, (_, index) => node(`p${index}`, 'in/a'));
    let turns = 0;
    const stop = new Error('stop');
    await assert.rejects(
      layoutMap({ nodes, boxes, edges: [] }, size, newMemory(), () => {
        turns += 1;
        return turns === 5 ? Promise.reject(stop) : Promise.resolve();
      }),
      stop,
    );
    assert.equal(turns, 5);
  });

  it('places large pieces in columns, from services to what they lead to', () => {
    const items = Array.from({ length: 120 }, (_, index) => ({
      id: `${index}`,
      kind: index < 60 ? ('Service' as const) : ('Workload' as const),
      width: 100,
      height: 40,
    }));
    const links = items.slice(0, 60).map(({ id }, index) => ({ from: id, to: `${60 + (index % 7)}` }));
    const places = [...placeComponent(items, links)];
    assert.equal(places.length, 120);
    const right = Math.max(...places.filter(([id]) => Number(id) < 60).map(([, { x }]) => x));
    for (const [id, { x }] of places) if (Number(id) >= 60) assert.ok(x > right);
  });

  it('packs into rows without overlaps, as wide as asked', () => {
    const sizes = Array.from({ length: 20 }, (_, index) => ({ width: 50 + index, height: 30 + (index % 3) }));
    const { places, size: whole } = shelves(sizes, 10, 2);
    const rects = places.map((place, index) => ({ ...place, ...sizes[index]! }));
    rects.forEach((one, index) => rects.slice(index + 1).forEach((other) => assert.ok(!overlap(one, other))));
    assert.ok(whole.width / whole.height > 1 && whole.width / whole.height < 4);
  });
});

describe('Looking at the map', () => {
  it('keeps the point under the pointer where it is', () => {
    const before = { x: 10, y: 20, scale: 0.5 };
    const at = { x: 300, y: 100 };
    const after = zoomed(before, 1.5, at);
    assert.equal(after.scale, 0.75);
    assert.ok(Math.abs(before.x + at.x / before.scale - (after.x + at.x / after.scale)) < 1e-9);
    assert.ok(Math.abs(before.y + at.y / before.scale - (after.y + at.y / after.scale)) < 1e-9);
  });

  it('fits the whole map into the view and never makes it larger than life', () => {
    assert.equal(fitted({ width: 100, height: 100 }, { width: 800, height: 600 }).scale, 1);
    const sight = fitted({ width: 4000, height: 1000 }, { width: 800, height: 600 });
    assert.ok(sight.x <= 0 && 4000 * sight.scale <= 800 && sight.x + 800 / sight.scale >= 4000);
  });

  it('moves no more than needed to show a thing, and zooms in where it could not be read', () => {
    const view = { width: 800, height: 600 };
    const rect = { x: 100, y: 100, width: 100, height: 40 };
    const sight = { x: 0, y: 0, scale: 1 };
    assert.deepEqual(showing(sight, rect, view), sight);
    assert.ok(showing(sight, { ...rect, x: 1000 }, view).x > 300);
    assert.ok(showing({ ...sight, scale: 0.1 }, rect, view, true).scale >= 0.7);
  });

  it('goes along a connection before it goes to what is nearer', () => {
    const at = (x: number, y: number): Rect => ({ x, y, width: 10, height: 10 });
    const places = new Map([
      ['here', at(0, 0)],
      ['near', at(40, 0)],
      ['connected', at(100, 20)],
      ['behind', at(-50, 0)],
    ]);
    assert.equal(neighbourOf('here', 'ArrowRight', places, new Set(['connected'])), 'connected');
    assert.equal(neighbourOf('here', 'ArrowRight', places, new Set()), 'near');
    assert.equal(neighbourOf('here', 'ArrowLeft', places, new Set(['connected'])), 'behind');
    assert.equal(neighbourOf('here', 'ArrowUp', places, new Set()), undefined);
  });

  it('draws connections between the sides that face each other', () => {
    const a = { x: 0, y: 0, width: 10, height: 10 };
    assert.match(edgePath(a, { ...a, x: 100 }).line, /^M10\.0 5\.0C/);
    assert.match(edgePath(a, { ...a, x: -100 }).line, /^M0\.0 5\.0C/);
    assert.match(edgePath(a, { ...a, y: 100 }).line, /^M5\.0 10\.0C/);
    assert.match(edgePath(a, { ...a, y: -100 }).line, /^M5\.0 0\.0C/);
    const { line, middle } = edgePath(a, { ...a, x: 100 }, true);
    assert.match(line, /^M5\.0 10\.0C/);
    assert.ok(middle.y > 10);
  });
});
