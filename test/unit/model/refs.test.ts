import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExplainedError } from '../../../src/base/errors.ts';
import { formatRef, parseRef, type Ref } from '../../../src/model/refs.ts';

describe('references', () => {
  const cases: readonly [string, Ref][] = [
    ['pod/default/a', { is: 'pod', namespace: 'default', name: 'a' }],
    ['pod/default/a:c00', { is: 'pod', namespace: 'default', name: 'a', container: 'c00' }],
    ['pod/default/a:80', { is: 'pod', namespace: 'default', name: 'a', port: 80 }],
    ['pod/default/a:c00:80', { is: 'pod', namespace: 'default', name: 'a', container: 'c00', port: 80 }],
    ['svc/shop/web', { is: 'service', namespace: 'shop', name: 'web' }],
    ['svc/shop/web:http', { is: 'service', namespace: 'shop', name: 'web', port: 'http' }],
    ['node/node1:31412', { is: 'node', name: 'node1', port: 31412 }],
    ['localhost:80', { is: 'localhost', port: 80 }],
    ['http://example.com/x', { is: 'url', url: 'http://example.com/x' }],
  ];
  for (const [text, ref] of cases) {
    it(`reads and writes ${text}`, () => {
      assert.deepEqual(parseRef(text), ref);
      assert.equal(formatRef(ref), text);
    });
  }

  it('refuses what it cannot place, and says which forms there are', () => {
    for (const text of [
      '',
      'pod/a',
      'pod/a/b/c',
      'pod//b',
      'svc/a/b:',
      'node/n:x',
      'pod/a/b:c:d',
      'deploy/a/b',
      'localhost:x',
    ]) {
      assert.throws(
        () => parseRef(text),
        (error: unknown) => error instanceof ExplainedError && error.remedy!.includes('pod/NAMESPACE/NAME'),
        text,
      );
    }
    assert.throws(() => parseRef('pod/a/b:70000'), /70000/);
  });

  it('either reads or explains, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('pod/', 'svc/', 'a', '/', ':', '80', 'localhost', '-', '\u200b') }),
        (text) => {
          try {
            assert.deepEqual(parseRef(formatRef(parseRef(text))), parseRef(text));
          } catch (error) {
            assert.ok(error instanceof ExplainedError, String(error));
          }
        },
      ),
    );
  });
});
