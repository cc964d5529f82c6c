import { manyLines, markdownCodeBlock, markdownText, oneLine } from '../base/hostileText.ts';
import { inEnglish, type Say } from '../base/say.ts';
import { shellQuote } from '../base/shellQuote.ts';
import type { CheckRecord, Way } from './check.ts';
import { checkTexts as texts, verdictWords } from './reportTexts.ts';
import { summaryIn } from './summary.ts';

/** The word that scripts know: the verdict, and the HTTP status where there is one. */
export function verdictLabel({ verdict, httpStatus }: Pick<CheckRecord, 'verdict' | 'httpStatus'>): string {
  return httpStatus === null ? verdict : `${verdict} (HTTP ${httpStatus})`;
}

/** The verdict in words for people. */
export function verdictSaid(
  { verdict, httpStatus }: Pick<CheckRecord, 'verdict' | 'httpStatus'>,
  say: Say,
): string {
  const word = say(verdictWords[verdict]);
  return httpStatus === null ? word : say(texts.withStatus, word, httpStatus);
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
export function reportMarkdown(record: CheckRecord, context?: string, say: Say = inEnglish): string {
  const kubectl = kubectlCommand(record, context);
  const { timingsMs: t } = record;
  const times = (
    [
      [texts.lookedUp, t.dns],
      [texts.connected, t.connect],
      [texts.secured, t.tls],
      [texts.done, t.total],
    ] as const
  ).flatMap(([after, value]) => (value === null ? [] : [say(after, milliseconds(value))]));
  const none = say(texts.none);
  const rows: readonly (readonly [string, string])[] = [
    [texts.from, record.from],
    [texts.to, record.to],
    [texts.asked, record.url],
    [texts.verdict, verdictSaid(record, say)],
    [texts.tool, record.tool === 'none' ? none : record.tool],
    [texts.exitCode, record.exitCode === null ? none : String(record.exitCode)],
    [texts.remoteAddress, record.remoteIp ?? none],
    [texts.times, times.length === 0 ? say(texts.untimed) : times.join(', ')],
    [texts.when, record.startedAt],
    ...extraRows(record, say),
  ];
  return [
    `**${markdownText(verdictSaid(record, say))}**: ${markdownText(summaryIn(record, say))}`,
    '',
    '| | |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${markdownText(say(name))} | ${markdownText(value)} |`),
    '',
    ...(kubectl === undefined ? [] : [markdownCodeBlock(kubectl, 'sh'), '']),
    record.output.trim() !== ''
      ? markdownCodeBlock(record.output)
      : record.command.length > 0
        ? say(texts.printedNothing)
        : say(texts.ownSockets),
    '',
  ].join('\n');
}

/** What only some records have: how far apart the pods are, what a name led to, what stood in for the source. */
function extraRows(
  { way, lookup, via }: CheckRecord,
  say: Say,
): readonly (readonly [name: string, value: string])[] {
  const rows: (readonly [string, string])[] = [];
  if (way !== undefined) rows.push([texts.way, waySaid(way, say)]);
  if (lookup !== undefined) {
    rows.push(
      [texts.addresses, lookup.addresses.join(', ') || say(texts.none)],
      [texts.nameServers, lookup.resolvers.join(', ') || say(texts.none)],
      [texts.expansions, lookup.expansions.join(', ')],
    );
  }
  if (via !== undefined) rows.push([texts.askedBy, via]);
  return rows;
}

/** How far source and target are apart: `across nodes: node1 to node2`. */
export function waySaid({ is, fromNode, toNode }: Way, say: Say): string {
  switch (is) {
    case 'same-pod':
      return say(texts.samePod, fromNode);
    case 'same-node':
      return say(texts.sameNode, fromNode);
    case 'across-nodes':
      return say(texts.acrossNodes, fromNode, toNode);
  }
}

/** The record as several plain lines for a terminal. */
export function reportText(record: CheckRecord): string {
  const lines = [
    `${oneLine(verdictLabel(record))}  ${oneLine(record.from)} → ${oneLine(record.to)}`,
    `  ${oneLine(record.summary, 1_000)}`,
    ...extraRows(record, inEnglish).map(([name, value]) => `  ${name}: ${oneLine(value, 1_000)}`),
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
