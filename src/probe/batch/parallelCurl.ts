import type { CheckTarget } from '../check.ts';
import type { Finished, Limits } from '../reading.ts';
import { curl } from '../tools/curl.ts';

/*
 * Many checks by one curl: since 7.75 (%{exitcode}, %{errormsg}, %{urlnum}; -Z is older) it asks many URLs at the
 * same time and tells of each how it ended. A shell hands it the words of a line, parted by tabs, and never reads
 * them as a script: `set -f`, and only what an expansion yields is split. One line out a target:
 *   KN2|line|number in the line|exit code|what -w prints for one check|curl's own words
 * and at the end KNEND|lines. The targets come on stdin, closed by END, since servers before 1.30 cannot end stdin.
 */
const script = `
set -f
tab=$(printf '\\011')
command -v curl >/dev/null 2>&1 || exit 127
count=0
while IFS= read -r words; do
  [ "$words" = END ] && break
  count=$((count + 1))
  IFS=$tab
  curl $words </dev/null &
done
wait
printf 'KNEND|%s\\n' "$count"
`.trim();

/** More than this in one line would make the argument list of one curl large. */
const mostInLine = 256;

/** A line of stdin: the targets of one curl, by their index. */
type Line = readonly number[];

/** A batch for one curl a line. */
export interface ParallelCurl {
  readonly command: readonly string[];
  readonly stdin: string;
  readonly lines: readonly Line[];
}

/** @param atOnce how many transfers a curl has open at the same time. */
export function parallelCurl(targets: readonly CheckTarget[], limits: Limits, atOnce: number): ParallelCurl {
  const lines = linesOf(targets);
  const stdin = lines.map((line, index) => wordsOf(line, index, targets, limits, atOnce).join('\t'));
  return { command: ['sh', '-c', script, 'sh'], stdin: [...stdin, 'END', ''].join('\n'), lines };
}

/** TCP questions have a time limit of their own, and curl knows one a line. */
function linesOf(targets: readonly CheckTarget[]): readonly Line[] {
  const ids = targets.map((_, id) => id);
  const isTcp = (id: number): boolean => targets[id]?.scheme === 'tcp';
  return [ids.filter((id) => !isTcp(id)), ids.filter(isTcp)].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / mostInLine) }, (_, index) =>
      group.slice(index * mostInLine, (index + 1) * mostInLine),
    ),
  );
}

/** The words of curl for a line: those of a single check, and -Z, with one output and URL a target. */
function wordsOf(
  line: Line,
  index: number,
  targets: readonly CheckTarget[],
  limits: Limits,
  atOnce: number,
): readonly string[] {
  const commands = line.flatMap((id) => {
    const target = targets[id];
    return target === undefined ? [] : [curl.command(target, limits)];
  });
  // curl, the options, their format and URL: all but the URL is the same for each target of a line.
  const options = (commands[0] ?? []).slice(1, -1).map((word) => (word === '-sS' ? '-s' : word));
  const output = options.indexOf('-o');
  const format = options.at(-1) ?? '';
  const shared = [...options.slice(0, output), ...options.slice(output + 2, -1)];
  return [
    ...shared,
    `KN2|${index}|%{urlnum}|%{exitcode}|${format.replace(/^\\n/, '')}|%{errormsg}\\n`,
    ...['-Z', '--parallel-immediate', '--parallel-max', String(atOnce)],
    ...commands.flatMap((command) => ['-o', '/dev/null', encoded(command.at(-1) ?? '')]),
  ];
}

/** White space would part a word; in a URL it may be encoded. */
function encoded(url: string): string {
  return url.replace(/\s/g, (character) => encodeURIComponent(character));
}

/** What each target's transfer said, as a curl of its own would have; targets without a whole line are not in it. */
export function readParallelCurl(stdout: string, lines: readonly Line[]): ReadonlyMap<number, Finished> {
  const answers = new Map<number, Finished>();
  const twice = new Set<number>();
  for (const text of stdout.split('\n').slice(0, -1)) {
    const [, line, number, code, measured = '', words = ''] =
      /^KN2\|(\d{1,5})\|(\d{1,5})\|(\d{1,3})\|([\d., ]+ [\da-fA-F:.]*(?:%\S*)?)\|(.*)$/.exec(text) ?? [];
    const id = lines[Number(line)]?.[Number(number)];
    if (id === undefined) continue;
    if (answers.has(id)) twice.add(id);
    const exitCode = Number(code);
    answers.set(id, {
      exitCode,
      stdout: `\n${measured}`,
      stderr: exitCode === 0 ? '' : `curl: (${exitCode}) ${words}\n`,
    });
  }
  // Something else than curl wrote one of the two lines.
  for (const id of twice) answers.delete(id);
  return answers;
}
