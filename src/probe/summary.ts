import type { CheckRecord } from './check.ts';
import type { Reason } from './reason.ts';
import { texts } from './texts.ts';

/** A sentence for one record: in English as `text`, and as id, template and arguments for a translation. */
export interface Summary {
  readonly id: Reason;
  /** The English sentence with `{0}` … `{5}`: the key of its translation. */
  readonly template: string;
  readonly args: readonly string[];
  readonly text: string;
}

type Summarised = Pick<
  CheckRecord,
  'from' | 'url' | 'tool' | 'reason' | 'detail' | 'httpStatus' | 'exitCode'
>;

/** Explains a record in one sentence. It may hold hostile text: what shows it makes it safe (base/hostileText). */
export function summaryOf(record: Summarised): Summary {
  const template = texts[record.reason];
  const args = [
    record.url,
    record.tool,
    String(record.httpStatus ?? record.exitCode ?? ''),
    record.detail === '' ? '-' : record.detail,
    hostOf(record.url),
    record.from,
  ];
  return { id: record.reason, template, args, text: fill(template, args) };
}

/** Puts arguments into a template; what they hold is never read as a placeholder. */
function fill(template: string, args: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (whole, index: string) => args[Number(index)] ?? whole).trimEnd();
}

function hostOf(url: string): string {
  return /^(?:dns:|[a-z]+:\/\/)(\[[^\]]*\]|[^:/]*)/.exec(url)?.[1] ?? url;
}
