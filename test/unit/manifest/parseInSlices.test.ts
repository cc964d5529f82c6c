import assert from 'node:assert/strict';
import { parse } from '../../../src/manifest/parse.ts';
import { parseInSlices } from '../../../src/manifest/parseInSlices.ts';

const pod = (index: number): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p${index}\nspec:\n  containers: [&a {name: c, image: i}]\n`;

describe('reading a long text in slices', () => {
  it('reads the same as at once, and lets others have their turn', async () => {
    const text = Array.from({ length: 3_000 }, (_, index) => pod(index)).join('---\n');
    let pauses = 0;
    const file = await parseInSlices(text, { file: 'a.yaml' }, () => {
      pauses += 1;
      return Promise.resolve();
    });
    assert.ok(pauses > 0);
    const whole = parse(text, { file: 'a.yaml' });
    assert.equal(file.objects.length, 3_000);
    assert.deepEqual(
      file.objects.map((object) => object.toJson()),
      whole.objects.map((object) => object.toJson()),
    );
  });

  it('says of too much what reading at once says', async () => {
    const long = `${pod(1)}# ${'x'.repeat(10_000_001)}\n`;
    const file = await parseInSlices(long, {}, () => Promise.reject(new Error('no need')));
    assert.equal(file.kind, 'too-large');
    const many = '---\na: 1\n'.repeat(20_001);
    assert.equal((await parseInSlices(many, {}, () => Promise.resolve())).kind, 'too-large');
  });
});
