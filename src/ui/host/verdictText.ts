import type { CheckRecord, Verdict } from '../../probe/check.ts';
import { milliseconds } from '../../probe/report.ts';
import { verdictWords } from '../../probe/reportTexts.ts';
import { summaryIn } from '../../probe/summary.ts';
import { say } from './say.ts';

/** A verdict in a word or two. */
export function verdictText(verdict: Verdict): string {
  return say(verdictWords[verdict]);
}

/** `reachable · HTTP 200 · 12 ms`. */
export function outcomeText({ verdict, httpStatus, timingsMs }: CheckRecord): string {
  return [
    verdictText(verdict),
    httpStatus === null ? '' : `HTTP ${httpStatus}`,
    timingsMs.total === null ? '' : milliseconds(timingsMs.total),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The sentence that explains a verdict, in the user's language. */
export function summaryText(record: CheckRecord): string {
  return summaryIn(record, say);
}
