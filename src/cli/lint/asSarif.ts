import { rules, textProblems, type Finding, type Severity } from '../../rules/index.ts';
import type { Range } from '../../manifest/position.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'note' };

/** GitHub refuses a run with more results. */
const maximumResults = 25_000;
const order: readonly Severity[] = ['error', 'warning', 'hint'];

/** The findings as SARIF 2.1.0, as GitHub's code scanning takes it; of too many the worst. */
export function asSarif(all: readonly Finding[]): string {
  const findings =
    all.length <= maximumResults
      ? all
      : [...all]
          .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
          .slice(0, maximumResults);
  const known = [...textProblems, ...rules].map(({ code, title, severity }) => ({
    id: code,
    name: code,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: `${title}. See docs/rules/${code}.md.` },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['kubernetes'],
      'problem.severity': severity === 'hint' ? 'recommendation' : severity,
    },
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'podnet', rules: known } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) =>
          resultOf(
            finding,
            known.findIndex((rule) => rule.id === finding.code),
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(finding: Finding, ruleIndex: number): object {
  const { file } = finding;
  return {
    ruleId: finding.code,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: place(file, finding.range) }],
    relatedLocations: finding.related.map((related, index) => ({
      id: index + 1,
      message: { text: related.message },
      physicalLocation: place(related.file ?? file, related.range),
    })),
    fixes: finding.fixes.map((fix) => ({
      description: { text: fix.title },
      artifactChanges: [
        {
          artifactLocation: { uri: uriOf(file) },
          replacements: fix.edits.map((edit) => ({
            deletedRegion: regionOf(edit.range),
            insertedContent: { text: edit.newText },
          })),
        },
      ],
    })),
  };
}

function place(file: string, range: Range): object {
  return { artifactLocation: { uri: uriOf(file) }, region: regionOf(range) };
}

/** SARIF counts lines and columns from 1. */
function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function uriOf(file: string): string {
  return file === '-' ? 'stdin' : file.split('/').map(encodeURIComponent).join('/');
}
