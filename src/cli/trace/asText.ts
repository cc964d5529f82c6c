import { oneLine } from '../../base/hostileText.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import type { Evidence, HopStatus, Trace } from '../../trace/types.ts';

const marks: Readonly<Record<HopStatus, string>> = {
  ok: 'ok      ',
  failed: 'FAILED  ',
  warning: 'warning ',
  'not-seen': 'not seen',
  'not-used': '-       ',
};

/** A trace for a terminal. */
export function traceText(trace: Trace): string {
  const lines = [`${oneLine(trace.from)} → ${oneLine(trace.to)}: ${trace.verdict}`];
  if (trace.cause !== null) lines.push(`Cause: ${trace.cause.id}`, `  ${oneLine(trace.cause.summary)}`);
  lines.push('');
  for (const { hop, status, evidence, probe } of trace.hops) {
    if (status === 'not-used') continue;
    const [first, ...rest] = evidence;
    lines.push(`${hop.padEnd(11)} ${marks[status]} ${first === undefined ? '' : evidenceText(first)}`);
    for (const entry of rest) lines.push(`${' '.repeat(21)}${evidenceText(entry)}`);
    if (probe !== undefined) lines.push(`${' '.repeat(21)}ran: ${oneLine(shellQuote(probe.command), 1_000)}`);
  }
  const [, ...others] = trace.causes;
  if (others.length > 0) lines.push('', 'Also found:');
  for (const { id, summary } of others) lines.push(`  ${id}: ${oneLine(summary)}`);
  if (trace.fixes.length > 0) lines.push('', 'What to do:');
  for (const { title, command, yaml } of trace.fixes) {
    lines.push(`  - ${oneLine(title)}`);
    if (command !== undefined) lines.push(`      ${oneLine(command, 1_000)}`);
    for (const line of yaml?.trimEnd().split('\n') ?? []) lines.push(`      ${oneLine(line, 1_000)}`);
  }
  if (trace.notSeen.length > 0) lines.push('', 'Not seen:');
  for (const line of trace.notSeen) lines.push(`  - ${oneLine(line)}`);
  return `${lines.join('\n')}\n`;
}

function evidenceText({ text, object, path }: Evidence): string {
  const where = [object, path].filter((part) => part !== undefined).join(' ');
  return where === '' ? oneLine(text) : `${oneLine(text)} [${oneLine(where)}]`;
}
