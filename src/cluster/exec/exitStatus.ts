import { oneLine } from '../../base/hostileText.ts';
import { list, record, text, type Json } from '../../model/json.ts';

/** What a process' Status on channel 3 says. */
export type ExitStatus =
  | { readonly is: 'exited'; readonly exitCode: number }
  | { readonly is: 'program-missing'; readonly message: string }
  | { readonly is: 'failed'; readonly message: string };

/**
 * What container runtimes say of a program that they cannot start: containerd and CRI-O over runc (`exec: "x":
 * executable file not found in $PATH`, `stat /x: no such file or directory`), crun (`executable file `x` not found`).
 */
const cannotStart =
  /executable file .{0,300}not found|exec(?:ing|ute)?\b.{0,400}(?:no such file or directory|permission denied|is a directory)/is;
/** A runtime's own voice on stderr, as against a shell that did not find a program. */
const runtimeVoice = /OCI runtime|unable to start container process|exec failed|\bcrun\b|\brunc\b/i;
const runtimeExitCodes: ReadonlySet<number> = new Set([126, 127, 255]);

/** Reads the Status of a process that ended, or never began. @param stderr where CRI-O says the latter */
export function readExitStatus(status: Json, stderr: string): ExitStatus {
  const message = oneLine(text(status.message), 600);
  if (status.status === 'Success') return { is: 'exited', exitCode: 0 };
  const cause = list(record(status.details).causes)
    .map(record)
    .find((entry) => entry.reason === 'ExitCode');
  if (status.reason === 'NonZeroExitCode' && cause !== undefined) {
    const exitCode = Number(text(cause.message));
    if (!Number.isInteger(exitCode)) return { is: 'failed', message };
    if (runtimeExitCodes.has(exitCode) && runtimeVoice.test(stderr) && cannotStart.test(stderr)) {
      return { is: 'program-missing', message: oneLine(stderr.trim(), 600) };
    }
    return { is: 'exited', exitCode };
  }
  return cannotStart.test(message) ? { is: 'program-missing', message } : { is: 'failed', message };
}
