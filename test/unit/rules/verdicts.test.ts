import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lintText } from '../../../src/rules/index.ts';

/** A manifest, and what a real 1.36 server answered to it on a strict server-side dry run. */
interface Verdict {
  readonly id: string;
  readonly accepted: boolean;
  readonly message?: string;
  readonly warnings: readonly string[];
  readonly yaml: string;
}

const file = path.join(import.meta.dirname, '../../fixtures/verdicts.ndjson');
const verdicts = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Verdict);

describe('verdicts of a real API server', () => {
  it('are 110', () => assert.equal(verdicts.length, 110));

  for (const { id, accepted, message, warnings, yaml } of verdicts) {
    it(`${id}: ${accepted ? 'accepted' : 'refused'}`, () => {
      const findings = lintText(yaml);
      const errors = findings.filter((finding) => finding.severity === 'error');
      const said = errors.map((finding) => `${finding.code}: ${finding.message}`).join('\n');
      assert.equal(
        errors.length === 0,
        accepted,
        accepted ? said : `nothing said, but the server: ${message ?? ''}`,
      );
      if (warnings.length > 0) {
        assert.ok(
          findings.some((finding) => finding.severity === 'warning'),
          `the server warns: ${warnings.join('; ')}`,
        );
      }
    });
  }
});
