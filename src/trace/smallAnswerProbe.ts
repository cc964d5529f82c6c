import type { ContainerRef } from '../model/terminal.ts';
import { httpUrl } from '../probe/address.ts';
import type { CheckTarget } from '../probe/check.ts';
import type { Exec } from '../probe/exec.ts';

/** Whether the head of an answer arrives where the whole of it does not: it fits into one small packet. */
export interface SmallAnswer {
  readonly arrived: boolean;
  /** The first line of the head, such as `HTTP/1.1 200 OK`; '' where none arrived. */
  readonly line: string;
  readonly command: readonly string[];
}

/**
 * Asks for the head alone (HEAD), with curl, where the whole answer did not arrive.
 * @returns undefined where it cannot be told: no curl, another fault on the way.
 */
export async function askSmallAnswer(
  {
    from,
    target,
    timeoutSeconds,
  }: { readonly from: ContainerRef; readonly target: CheckTarget; readonly timeoutSeconds: number },
  exec: Exec,
  signal: AbortSignal,
): Promise<SmallAnswer | undefined> {
  const command = [
    'curl',
    ...['-q', '-g', '-sS', '-k', '-I', '--noproxy', '*'],
    ...['--connect-timeout', String(Math.min(3, timeoutSeconds)), '--max-time', String(timeoutSeconds)],
    httpUrl(target),
  ];
  const outcome = await exec.run(
    { target: from, command, timeoutMs: timeoutSeconds * 1_000 + 5_000 },
    signal,
  );
  if (outcome.is !== 'exited') return undefined;
  const line = outcome.stdout.split(/\r?\n/, 1)[0] ?? '';
  if (outcome.exitCode === 0 && line.startsWith('HTTP/')) return { arrived: true, line, command };
  // 28: the time is over, for the small answer too.
  return outcome.exitCode === 28 ? { arrived: false, line: '', command } : undefined;
}
