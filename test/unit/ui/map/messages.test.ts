import assert from 'node:assert/strict';
import { mapTarget } from '../../../../src/ui/map/argument.ts';
import { wholeMap } from '../../../../src/ui/map/wholeMap.ts';
import { readMapMessage, readMapView, type MapNode } from '../../../../src/ui/panels/protocol/map.ts';
import { readKept } from '../../../../src/ui/panels/web/map/kept.ts';
import { findNodes } from '../../../../src/ui/panels/web/map/search.ts';

describe('What the map page says', () => {
  it('is read when it is one of its messages', () => {
    for (const message of [
      { is: 'view', view: wholeMap },
      { is: 'drill', node: 'Namespace//shop' },
      { is: 'describe', node: 'Pod/shop/web' },
      { is: 'export', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    ]) {
      assert.deepEqual(readMapMessage(message), message);
    }
  });

  it('is dropped when it is something else', () => {
    for (const message of [
      undefined,
      'drill',
      { is: 'delete', node: 'Pod/shop/web' },
      { is: 'describe', node: 7 },
      { is: 'export', svg: '<html>' },
      { is: 'export', svg: `<svg ${' '.repeat(33 * 1024 * 1024)}` },
      { is: 'view', view: { ...wholeMap, level: 'atoms' } },
      { is: 'view', view: { ...wholeMap, hiddenKinds: ['Secret'] } },
    ]) {
      assert.equal(readMapMessage(message), undefined);
    }
  });

  it('is not restored from another version', () => {
    assert.equal(readMapView({ level: 'auto' }), undefined);
    assert.deepEqual(readMapView(wholeMap), wholeMap);
  });
});

describe('What the map is opened with', () => {
  it('is the namespace of a pod, service or claim, with the thing itself to go to', () => {
    const target = mapTarget({ subject: { is: 'pod', namespace: 'shop', name: 'web' } }, undefined);
    assert.deepEqual(target, { view: { ...wholeMap, namespaces: ['shop'] }, focus: 'Pod/shop/web' });
    const inContainer = { is: 'container', namespace: 'shop', pod: 'web', container: 'main' };
    assert.equal(mapTarget({ subject: inContainer }, undefined).focus, 'Pod/shop/web');
  });

  it('is the whole cluster for a node, and a namespace for itself', () => {
    const named = (kind: string) => ({
      subject: { is: 'object', apiVersion: 'v1', kind, namespace: '', name: 'x' },
    });
    assert.deepEqual(mapTarget(named('Node'), undefined), { view: wholeMap, focus: 'Node//x' });
    assert.deepEqual(mapTarget(named('Namespace'), undefined), { view: { ...wholeMap, namespaces: ['x'] } });
  });

  it('is the map as it was left where nothing was chosen', () => {
    const left = { ...wholeMap, onlyProblems: true };
    assert.deepEqual(mapTarget(undefined, left), { view: left });
  });
});

describe('Search on the map', () => {
  const node: MapNode = {
    ...{ id: 'a', kind: 'Pod', label: '…-x', name: 'web-x', namespace: 'shop', what: 'pod', box: '' },
    ...{ state: 'failed', word: 'CrashLoopBackOff', detail: '10.244.0.7', drills: false, actions: [] },
    facts: [{ name: 'Images', value: 'nginx:1.27' }],
  };
  it('finds every word, in names, states, addresses and images', () => {
    for (const query of ['WEB', 'crash shop', '10.244.0.7', 'nginx'])
      assert.deepEqual(findNodes([node], query), [node]);
    for (const query of ['', '  ', 'web office']) assert.deepEqual(findNodes([node], query), []);
  });
});

describe('How the map page was left', () => {
  it('is read back as it was kept', () => {
    const kept = {
      ...{ list: true, legend: false, placement: true, focusTurn: 7 },
      sight: { x: -3, y: 4.5, scale: 0.5 },
    };
    assert.deepEqual(readKept(JSON.parse(JSON.stringify(kept))), kept);
  });

  it('is the beginning where nothing that fits was kept', () => {
    const beginning = { list: false, legend: true, placement: false, sight: undefined, focusTurn: 0 };
    for (const kept of [
      undefined,
      null,
      'x',
      { list: 1, sight: { x: 1, y: null, scale: 2 }, focusTurn: '7' },
    ]) {
      assert.deepEqual(readKept(kept), beginning);
    }
  });
});
