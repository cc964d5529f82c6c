import type { Finished, Probe } from '../reading.ts';

/** What a batch said of one target. */
export interface BatchLine {
  readonly id: number;
  readonly again: boolean;
  readonly exitCode: number;
  /** stdout and stderr as they came, mixed. */
  readonly text: string;
}

export interface BatchAnswer {
  readonly lines: ReadonlyMap<number, BatchLine>;
  /** Whether the trailer came and counted as many targets as were asked. */
  readonly complete: boolean;
}

/**
 * Reads what the script printed. Only whole lines count; a target that is named twice is as good as not named, since
 * something else than the script wrote one of them.
 */
export function readBatch(stdout: string, asked: number): BatchAnswer {
  const lines = new Map<number, BatchLine>();
  const twice = new Set<number>();
  let count = -1;
  for (const line of stdout.split('\n').slice(0, -1)) {
    const trailer = /^KNEND\|(\d+)$/.exec(line);
    if (trailer) count = Number(trailer[1]);
    const [, id, look, code, text = ''] =
      /^KN1\|(\d{1,7})\|(first|again)\|(\d{1,3})\|(.*)$/s.exec(line) ?? [];
    if (id === undefined || Number(id) >= asked) continue;
    if (lines.has(Number(id))) twice.add(Number(id));
    lines.set(Number(id), {
      id: Number(id),
      again: look === 'again',
      exitCode: Number(code),
      text: text.replaceAll('\u001e', '\n'),
    });
  }
  for (const id of twice) lines.delete(id);
  return { lines, complete: count === asked && lines.size === asked };
}

/** Which lines of the mixed text a tool writes to stdout; all others are stderr. */
const toStdout: Readonly<Record<string, (line: string, index: number) => boolean>> = {
  curl: (line) => /^\d{3}(?: [\d.,]*){4} [\da-fA-F:.]*$/.test(line),
  bash: (line, index) =>
    (index === 0 && line === 'open') || (index > 0 && !/^\S+: (?:line \d+|connect): /.test(line)),
  nc: (line) => !/^nc: |^punt!$/.test(line),
};

/** The mixed text as the program would have given it in an exec of its own. */
export function finishedOf({ tool }: Probe, { exitCode, text }: BatchLine): Finished {
  const isStdout = toStdout[tool] ?? (() => false);
  const lines = text === '' ? [] : text.split('\n');
  const pick = (wanted: boolean): string =>
    lines
      .filter((line, index) => isStdout(line, index) === wanted)
      .map((line) => `${line}\n`)
      .join('');
  const stdout = pick(true);
  return {
    exitCode,
    stdout: tool === 'curl' ? `\n${stdout.replace(/\n$/, '')}` : stdout,
    stderr: pick(false),
  };
}
