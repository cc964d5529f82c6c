import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pageHtml, type PageParts } from '../../../../src/ui/panels/pageHtml.ts';
import { readFromPage, readKeptState, readToPage } from '../../../../src/ui/panels/protocol/envelope.ts';
import { readExplainContent, readExplainMessage } from '../../../../src/ui/panels/protocol/explain.ts';
import { either, listOf, oneOf, optional, shape, text } from '../../../../src/ui/panels/protocol/shape.ts';

const parts: PageParts = {
  script: 'https://files.example/dist/web/explain.js',
  style: 'https://files.example/dist/web/explain.css',
  resources: 'https://files.example',
  nonce: 'bm9uY2U',
  title: 'web → api',
  language: 'en',
  strings: { run: 'Run' },
};

describe('The frame of a panel’s page', () => {
  it('lets nothing be loaded or run but its own script and style sheet', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(pageHtml(parts))?.[1] ?? '';
    const directives = policy.replaceAll('&#39;', "'").split('; ');
    assert.deepEqual(directives, [
      "default-src 'none'",
      "script-src 'nonce-bm9uY2U'",
      'style-src https://files.example',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    assert.equal(pageHtml(parts).match(/<script/g)?.length, 1);
  });

  it('keeps whatever stands in titles and texts from becoming markup', () => {
    const plain = pageHtml({ ...parts, title: '', strings: { a: '' } });
    const count = (html: string): number => html.match(/[<>"]/g)?.length ?? 0;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', ' ') }), (hostile) => {
        const html = pageHtml({ ...parts, title: hostile, strings: { a: hostile } });
        assert.equal(count(html), count(plain));
        const attribute = /data-strings="([^"]*)"/.exec(html)?.[1] ?? '';
        assert.deepEqual(JSON.parse(unescape(attribute)), { a: hostile });
      }),
    );
  });
});

describe('Messages between a page and the extension', () => {
  it('are read from anything without throwing, and only known ones are let through', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        readKeptState(value);
        const told = readToPage(value);
        const said = readFromPage(value);
        const is = typeof value === 'object' && value !== null ? (value as { is?: unknown }).is : undefined;
        assert.equal(told !== undefined, is === 'content' || is === 'note');
        assert.equal(said !== undefined, is === 'ready' || is === 'said');
      }),
    );
  });

  it('are checked field by field', () => {
    const guard = either(
      shape({ is: oneOf('a'), name: text, more: optional(listOf(text)) }),
      shape({ is: oneOf('b') }),
    );
    assert.ok(guard({ is: 'a', name: 'x' }));
    assert.ok(guard({ is: 'a', name: 'x', more: ['y'] }));
    assert.ok(guard({ is: 'b' }));
    for (const wrong of [
      { is: 'a' },
      { is: 'a', name: 1 },
      { is: 'a', name: 'x', more: [1] },
      { is: 'c' },
      null,
      'a',
    ]) {
      assert.ok(!guard(wrong), JSON.stringify(wrong));
    }
  });

  it('of the explained connection leave out what is none of theirs', () => {
    assert.deepEqual(readExplainMessage({ is: 'apply', cause: 0, fix: 1 }), {
      is: 'apply',
      cause: 0,
      fix: 1,
    });
    assert.equal(readExplainMessage({ is: 'apply', cause: '0', fix: 1 }), undefined);
    assert.equal(readExplainMessage({ is: 'open-object', object: 7 }), undefined);
    assert.equal(readExplainMessage({ is: 'delete-everything' }), undefined);
    assert.equal(readExplainContent({ headline: 'x' }), undefined);
  });
});

function unescape(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
