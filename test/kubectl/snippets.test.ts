import assert from 'node:assert/strict';
import { expandSnippet } from '../unit/snippets/expandSnippet.ts';
import { readSnippets } from '../unit/snippets/snippetFile.ts';
import { LabProcess } from './lab.ts';

describe('kubectl takes every snippet', function () {
  this.timeout(60_000);
  // A namespace of its own: the lesson's names are taken in "default", by pods that cannot be changed.
  const namespace = 'snippets';
  let lab: LabProcess;
  before(async () => {
    lab = await LabProcess.start();
    await lab.run('create', 'namespace', namespace);
  });
  after(async () => {
    assert.equal(await lab.stop(), 0);
    assert.equal(lab.complaints, '');
  });

  const dryRun = (input: string): ReturnType<LabProcess['kubectl']> =>
    lab.kubectl(['apply', '--namespace', namespace, '--dry-run=server', '-f', '-'], { input });

  for (const { prefix, body, expansion } of readSnippets()) {
    it(`${prefix}, as it comes out`, async () => {
      const { code, stdout, stderr } = await dryRun(expansion.text);
      assert.equal(code, 0, stderr);
      assert.equal(stderr, '', 'no warning either');
      assert.equal(stdout.trim().split('\n').length, expansion.text.split('\n---\n').length);
      assert.match(stdout, /created \(server dry run\)\n$/);
    });

    if (expansion.choices.size === 0) continue;
    it(`${prefix}, with every option of its choices`, async () => {
      for (const [stop, options] of expansion.choices) {
        for (const option of options.slice(1)) {
          const { text } = expandSnippet(body, new Map([[stop, option]]));
          const { code, stderr } = await dryRun(text);
          assert.equal(code, 0, `${option}: ${stderr}`);
        }
      }
    });
  }
});
