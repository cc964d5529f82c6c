/** Cron schedules: five fields, with lists, ranges, steps, names, and the usual macros. */

export interface Schedule {
  /** True where the schedule names this minute (UTC). */
  matches(time: Date): boolean;
}

const macros: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function parseNumber(text: string, names: readonly string[], base: number): number {
  const named = names.indexOf(text.toLowerCase());
  return named >= 0 ? named + base : /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** The values of one field, or undefined where it cannot be read. */
function parseField(
  text: string,
  low: number,
  high: number,
  names: readonly string[] = [],
): Set<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', stepText] = part.split('/');
    const step = stepText === undefined ? 1 : Number(stepText);
    const [from, to] = range === '*' || range === '?' ? [String(low), String(high)] : range.split('-');
    const first = parseNumber(from ?? '', names, low === 1 ? 1 : 0);
    const alone = to === undefined ? (stepText === undefined ? first : high) : undefined;
    const last = alone ?? parseNumber(to ?? '', names, low === 1 ? 1 : 0);
    const valid = Number.isInteger(step) && step > 0 && first >= low && last <= high && first <= last;
    if (!valid) return undefined;
    for (let value = first; value <= last; value += step) values.add(value);
  }
  return values;
}

/** Reads a schedule; undefined where it is not valid. */
export function parseSchedule(text: string): Schedule | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = (macros[text.trim()] ?? text)
    .trim()
    .split(/\s+/);
  const minutes = parseField(minute, 0, 59);
  const hours = parseField(hour, 0, 23);
  const monthDays = parseField(day, 1, 31);
  const yearMonths = parseField(month, 1, 12, months);
  const weekdays = parseField(weekday, 0, 7, days);
  if (!minutes || !hours || !monthDays || !yearMonths || !weekdays || more.length > 0) return undefined;
  if (weekdays.has(7)) weekdays.add(0);
  const anyDay = day.startsWith('*');
  const anyWeekday = weekday.startsWith('*');
  return {
    matches: (time) => {
      const byDay = monthDays.has(time.getUTCDate());
      const byWeekday = weekdays.has(time.getUTCDay());
      // Both given: either will do, as in cron.
      const onDay = anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday;
      return (
        minutes.has(time.getUTCMinutes()) &&
        hours.has(time.getUTCHours()) &&
        yearMonths.has(time.getUTCMonth() + 1) &&
        onDay
      );
    },
  };
}
