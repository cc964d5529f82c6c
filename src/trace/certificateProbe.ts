import type { ContainerRef } from '../model/terminal.ts';
import { httpUrl } from '../probe/address.ts';
import type { CheckTarget } from '../probe/check.ts';
import type { Exec } from '../probe/exec.ts';

/** What the source says of a server's certificate: a question of its own, since checks accept every one. */
export interface CertificateAnswer {
  readonly accepted: boolean;
  /** curl's words where it was not accepted. */
  readonly detail: string;
  readonly command: readonly string[];
}

/** curl 7.62 and later say 60 of every certificate they do not accept; before, 51 of one for another name. */
const notAccepted: ReadonlySet<number> = new Set([51, 60]);

/**
 * Asks once more with curl, this time with the authorities that the source's image trusts.
 * @returns undefined where it cannot be told: no curl, another fault on the way.
 */
export async function askCertificate(
  {
    from,
    target,
    timeoutSeconds,
  }: { readonly from: ContainerRef; readonly target: CheckTarget; readonly timeoutSeconds: number },
  exec: Exec,
  signal: AbortSignal,
): Promise<CertificateAnswer | undefined> {
  const command = [
    'curl',
    ...['-q', '-g', '-sS', '--noproxy', '*', '-o', '/dev/null'],
    ...['--connect-timeout', String(Math.min(3, timeoutSeconds)), '--max-time', String(timeoutSeconds)],
    httpUrl(target),
  ];
  const outcome = await exec.run(
    { target: from, command, timeoutMs: timeoutSeconds * 1_000 + 5_000 },
    signal,
  );
  if (outcome.is !== 'exited') return undefined;
  if (outcome.exitCode === 0) return { accepted: true, detail: '', command };
  if (!notAccepted.has(outcome.exitCode)) return undefined;
  return { accepted: false, detail: outcome.stderr.split('\n', 1)[0] ?? '', command };
}
