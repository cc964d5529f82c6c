import assert from 'node:assert/strict';
import { asSarif } from '../../../src/cli/lint/asSarif.ts';
import { lintFiles, rules, textProblems, type Finding } from '../../../src/rules/index.ts';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Place {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
}
interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly {
          readonly id: string;
          readonly name: string;
          readonly shortDescription: { readonly text: string };
          readonly fullDescription: { readonly text: string };
          readonly help: { readonly text: string };
          readonly properties: Readonly<Record<string, unknown>>;
        }[];
      };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly Place[];
      readonly relatedLocations: readonly (Place & { readonly message: { readonly text: string } })[];
    }[];
  }[];
}

const broken =
  'kind: Service --> a note\napiVersion: v1\nmetadata:\n  name: web\nspec:\n  type: Nodeport\n  selector: {app: wep}\n  ports:\n    - port: 80\n';
const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers: [{name: c, image: i}]\n';

function read(findings: readonly Finding[]): Sarif {
  return JSON.parse(asSarif(findings)) as Sarif;
}

/*
 * What GitHub's code scanning asks of a SARIF file
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 */
describe('SARIF for code scanning', () => {
  const findings = lintFiles([
    { file: 'k8s/über uns/a.yaml', text: broken },
    { file: 'k8s/b.yaml', text: deployment },
  ]);
  const { $schema, version, runs } = read(findings);
  const [run, ...others] = runs;
  assert.ok(run);

  it('is version 2.1.0, of one run by one tool', () => {
    assert.match($schema, /sarif-2\.1\.0/);
    assert.equal(version, '2.1.0');
    assert.equal(others.length, 0);
    assert.equal(run.tool.driver.name, 'podnet');
  });

  it('describes every rule within the limits', () => {
    const described = run.tool.driver.rules;
    assert.deepEqual(
      described.map(({ id }) => id),
      [...textProblems, ...rules].map(({ code }) => code),
    );
    for (const { name, shortDescription, fullDescription, help, properties } of described) {
      assert.ok(name.length > 0 && name.length <= 255);
      for (const { text } of [shortDescription, fullDescription])
        assert.ok(text.length > 0 && text.length <= 1024);
      assert.ok(help.text.length > 0);
      assert.ok(['error', 'warning', 'recommendation'].includes(String(properties['problem.severity'])));
    }
  });

  it('gives every result its rule, level, message and place, with a relative path', () => {
    assert.ok(run.results.length > 1);
    for (const { ruleId, ruleIndex, level, message, locations, relatedLocations } of run.results) {
      assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
      assert.ok(['error', 'warning', 'note'].includes(level));
      assert.ok(message.text.length > 0);
      assert.ok(locations.length >= 1 && locations.length <= 1_000);
      for (const related of relatedLocations) assert.ok(related.message.text.length > 0);
      for (const { physicalLocation } of [...locations, ...relatedLocations]) {
        const { uri } = physicalLocation.artifactLocation;
        assert.match(uri, /^[\w%./-]+$/);
        assert.ok(!uri.startsWith('/') && !/^\w+:/.test(uri), uri);
        const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
        assert.ok(startLine >= 1 && startColumn >= 1 && endLine >= startLine);
        assert.ok(endLine > startLine || endColumn >= startColumn);
      }
    }
    assert.ok(run.results.some(({ relatedLocations }) => relatedLocations.length > 0));
  });

  it('has at most 25,000 results, the errors first', () => {
    const [finding] = findings;
    assert.ok(finding);
    const hints = Array.from({ length: 25_010 }, (): Finding => ({ ...finding, severity: 'hint' }));
    const [many] = read([...hints, { ...finding, severity: 'error' }]).runs;
    assert.equal(many?.results.length, 25_000);
    assert.equal(many.results[0]?.level, 'error');
  });
});
