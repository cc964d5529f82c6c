import { inEnglish, type Say } from '../base/say.ts';
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
  return { id: record.reason, template, args, text: inEnglish(template, ...args).trimEnd() };
}

/** The sentence in some language. */
export function summaryIn(record: Summarised, say: Say): string {
  const { template, args } = summaryOf(record);
  return say(template, ...args).trimEnd();
}

function hostOf(url: string): string {
  return /^(?:dns:|[a-z]+:\/\/)(\[[^\]]*\]|[^:/]*)/.exec(url)?.[1] ?? url;
}
