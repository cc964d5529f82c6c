import { manyLines, markdownCodeBlock, markdownText, oneLine } from '../base/hostileText.ts';
import { shellQuote } from '../base/shellQuote.ts';
import type { CheckRecord, Way } from './check.ts';

/** The word for people: the verdict, and the HTTP status where there is one. */
export function verdictLabel({ verdict, httpStatus }: Pick<CheckRecord, 'verdict' | 'httpStatus'>): string {
  return httpStatus === null ? verdict : `${verdict} (HTTP ${httpStatus})`;
}

/** The record as one line: `reachable (HTTP 200)  pod/a/b:c → svc/a/d:80  2.7 ms  …`. */
export function reportLine(record: CheckRecord): string {
  const { from, to, timingsMs, summary } = record;
  const time = timingsMs.total === null ? '' : ` in ${milliseconds(timingsMs.total)}`;
  return oneLine(`${verdictLabel(record)}${time}: ${from} → ${to}. ${summary}`, 1_000);
}

/**
 * The kubectl command that runs the very same argv in the same container, quoted for a POSIX shell; undefined where
 * the record names no container.
 * @param context the kubeconfig's context to name, if any.
 */
export function kubectlCommand(
  record: Pick<CheckRecord, 'from' | 'ranIn' | 'command'>,
  context?: string,
): string | undefined {
  const source = /^pod\/([^/]+)\/([^/:]+)(?::(.+))?$/.exec(record.ranIn ?? record.from);
  if (source === null || record.command.length === 0) return undefined;
  const [, namespace = '', pod = '', container] = source;
  return shellQuote([
    'kubectl',
    ...(context === undefined ? [] : ['--context', context]),
    ...['exec', '-n', namespace, pod],
    ...(container === undefined ? [] : ['-c', container]),
    '--',
    ...record.command,
  ]);
}

/** The record as Markdown, to paste into an issue or a chat. Whatever a cluster put into it stays text. */
export function reportMarkdown(record: CheckRecord, context?: string): string {
  const kubectl = kubectlCommand(record, context);
  const { timingsMs: t } = record;
  const times = (
    [
      ['name looked up', t.dns],
      ['connected', t.connect],
      ['TLS ready', t.tls],
      ['done', t.total],
    ] as const
  ).flatMap(([what, value]) => (value === null ? [] : [`${what} after ${milliseconds(value)}`]));
  const rows: readonly (readonly [string, string])[] = [
    ['From', record.from],
    ['To', record.to],
    ['Asked', record.url],
    ['Verdict', verdictLabel(record)],
    ['Tool', record.tool],
    ['Exit code', record.exitCode === null ? 'none' : String(record.exitCode)],
    ['Remote address', record.remoteIp ?? 'none'],
    ['Times', times.length === 0 ? 'not told by the tool' : times.join(', ')],
    ['When', record.startedAt],
    ...extraRows(record),
  ];
  return [
    `**${markdownText(verdictLabel(record))}**: ${markdownText(record.summary)}`,
    '',
    '| | |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${name} | ${markdownText(value)} |`),
    '',
    ...(kubectl === undefined ? [] : [markdownCodeBlock(kubectl, 'sh'), '']),
    record.output.trim() !== ''
      ? markdownCodeBlock(record.output)
      : record.command.length > 0
        ? 'The command printed nothing.'
        : 'This machine’s own sockets were used; there is no output.',
    '',
  ].join('\n');
}

/** What only some records have: how far apart the pods are, what a name led to, what stood in for the source. */
function extraRows({ way, lookup, via }: CheckRecord): readonly (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [];
  if (way !== undefined) rows.push(['Way', wayText(way)]);
  if (lookup !== undefined) {
    rows.push(
      ['Addresses', lookup.addresses.join(', ') || 'none'],
      ['Name servers', lookup.resolvers.join(', ') || 'none'],
      ['Asked in this order', lookup.expansions.join(', ')],
    );
  }
  if (via !== undefined) rows.push(['Asked by', via]);
  return rows;
}

/** `across nodes: node1 to node2`. */
function wayText({ is, fromNode, toNode }: Way): string {
  switch (is) {
    case 'same-pod':
      return `within the pod, on node ${fromNode}`;
    case 'same-node':
      return `to another pod on the same node, ${fromNode}`;
    case 'across-nodes':
      return `across nodes: ${fromNode} to ${toNode}`;
  }
}

/** The record as several plain lines for a terminal. */
export function reportText(record: CheckRecord): string {
  const lines = [
    `${oneLine(verdictLabel(record))}  ${oneLine(record.from)} → ${oneLine(record.to)}`,
    `  ${oneLine(record.summary, 1_000)}`,
    ...extraRows(record).map(([name, value]) => `  ${name}: ${oneLine(value, 1_000)}`),
  ];
  if (record.verdict !== 'reachable' && record.command.length > 0) {
    const printed = manyLines(record.output).trim();
    lines.push(`  ${kubectlShown(record)}`);
    if (printed !== '') lines.push(...printed.split('\n').map((line) => `  | ${line}`));
  }
  return lines.join('\n');
}

function kubectlShown(record: CheckRecord): string {
  return oneLine(kubectlCommand(record) ?? shellQuote(record.command), 4_000);
}

/** At most three digits that matter: `0.52 ms`, `2.7 ms`, `5.0 s`. */
export function milliseconds(value: number): string {
  if (value >= 1_000) return `${(value / 1_000).toFixed(1)} s`;
  return `${value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2)} ms`;
}
