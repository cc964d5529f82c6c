import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { isRecord, list, record } from '../../model/json.ts';
import type { CheckRecord } from '../../probe/check.ts';
import type { MatrixComparison } from '../../probe/matrix/compare.ts';
import { cellKey, type MatrixRun } from '../../probe/matrix/run.ts';
import { verdictOf } from '../../probe/reason.ts';
import { verdictLabel } from '../../probe/report.ts';
import type { Io } from '../verb.ts';

/** The cells of a run that `podnet matrix -o json` saved. @throws ExplainedError */
export async function readEarlier(io: Io, file: string): Promise<Pick<MatrixRun, 'cells'>> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path.resolve(io.cwd, file), 'utf8'));
  } catch (error) {
    throw new ExplainedError('unreadable', `${oneLine(file)} cannot be read: ${messageOf(error)}`, {
      remedy: 'It must hold what podnet matrix -o json printed.',
      cause: error,
    });
  }
  const records = list(record(json).records).filter(isCheckRecord);
  if (records.length === 0) {
    throw new ExplainedError('no-records', `${oneLine(file)} holds no records`, {
      remedy: 'It must hold what podnet matrix -o json printed.',
    });
  }
  return { cells: new Map(records.map((each) => [cellKey(each.from, each.to), each])) };
}

const verdicts: ReadonlySet<unknown> = new Set(Object.values(verdictOf));

/** Only what a comparison looks at is checked. */
function isCheckRecord(value: unknown): value is CheckRecord {
  return (
    isRecord(value) &&
    typeof value.from === 'string' &&
    typeof value.to === 'string' &&
    verdicts.has(value.verdict) &&
    (value.httpStatus === null || typeof value.httpStatus === 'number')
  );
}

/** What broke and what was mended, for a terminal. */
export function comparisonText({ broke, mended, changed, unknown, compared }: MatrixComparison): string {
  const groups = [
    ['broke', broke],
    ['were mended', mended],
    ['fail in another way', changed],
    ['could not be found out this time', unknown],
  ] as const;
  const lines = groups.flatMap(([title, changes]) =>
    changes.length === 0
      ? []
      : [
          `These ${changes.length} ${title}:`,
          ...changes.map(({ from, to, before, after }) =>
            oneLine(`  ${from} → ${to}: ${verdictLabel(before)}, now ${verdictLabel(after)}`, 1_000),
          ),
        ],
  );
  return lines.length === 0
    ? `Nothing changed among the ${compared} pairs of the run before.\n`
    : `${lines.join('\n')}\n`;
}
