import { t } from '../../base/l10n.ts';
import { filledText, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

const names: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  sun: 0,
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
};
const parts = [
  { title: () => t('minute'), first: 0, last: 59 },
  { title: () => t('hour'), first: 0, last: 23 },
  { title: () => t('day of the month'), first: 1, last: 31 },
  { title: () => t('month'), first: 1, last: 12 },
  { title: () => t('day of the week'), first: 0, last: 6 },
] as const;

/** When a CronJob runs: five fields, or a word such as @daily (robfig/cron, as the server uses it). */
export const cronSchedule: Rule = {
  code: 'cron-schedule',
  title: 'A schedule that cannot be read',
  severity: 'error',
  kinds: ['CronJob'],
  check({ object, report }) {
    const spec = mapOf(object.at(['spec']));
    const zone = filledText(spec?.get('timeZone'));
    if (spec && zone !== undefined && !isTimeZone(zone))
      report(
        placeOf(spec, 'timeZone'),
        t('There is no time zone "{0}". Write one such as Etc/UTC or Europe/Berlin.', zone),
      );
    const schedule = filledText(spec?.get('schedule'));
    if (spec === undefined || schedule === undefined) return;
    const problem = scheduleProblem(schedule);
    if (problem !== undefined)
      report(placeOf(spec, 'schedule'), t('The schedule "{0}" {1}.', schedule, problem));
  },
};

function isTimeZone(zone: string): boolean {
  try {
    // Throws a RangeError for names that are not in the time zone database.
    return (
      new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '' &&
      !zone.startsWith('+')
    );
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function scheduleProblem(schedule: string): string | undefined {
  if (/\bTZ\s*=/.test(schedule)) return t('may not set a time zone: use the field timeZone');
  if (schedule.startsWith('@')) {
    if (/^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule)) return undefined;
    return /^@every (?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(schedule)
      ? undefined
      : t('is not a word that cron knows');
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5)
    return t(
      'has {0} fields; it needs 5: minute, hour, day of the month, month, day of the week',
      fields.length,
    );
  for (const [index, part] of parts.entries()) {
    for (const item of (fields[index] ?? '').split(',')) {
      if (!isItem(item, part.first, part.last))
        return t('has "{0}" as {1}, which goes from {2} to {3}', item, part.title(), part.first, part.last);
    }
  }
  return undefined;
}

/** A star, a number or a range, with an optional step. */
function isItem(item: string, first: number, last: number): boolean {
  const [range = '', step, ...more] = item.split('/');
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*' || range === '?') return true;
  const [from = '', to, ...rest] = range.split('-');
  const start = numberOf(from);
  const end = to === undefined ? start : numberOf(to);
  return (
    rest.length === 0 &&
    start !== undefined &&
    end !== undefined &&
    start >= first &&
    end <= last &&
    start <= end
  );
}

function numberOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : names[text.toLowerCase()];
}
