import type { Finished } from '../reading.ts';
import type { Reason } from '../reason.ts';

/** Whether `timeout` ended the program: coreutils answers 124 itself, BusyBox leaves SIGTERM's 143. */
export function timeIsUp({ exitCode }: Finished): boolean {
  return exitCode === 124 || exitCode === 143;
}

/**
 * What an exit code says of any program, after its own table was asked: ended by a signal (128 + its number).
 * undefined: nothing.
 */
export function commonEnding({ exitCode }: Finished): Reason | undefined {
  if (exitCode === 137 || exitCode === 143 || exitCode === 130) return 'tool-killed';
  if (exitCode === 132 || exitCode === 134 || exitCode === 135 || exitCode === 136 || exitCode === 139) {
    return 'tool-crashed';
  }
  return undefined;
}

/*
 * The words of coreutils, busybox, bash and the OCI runtimes for "there is no such program":
 *   timeout: failed to run command 'bash': No such file or directory      env: 'timeout': No such file or directory
 *   timeout: can't execute 'bash': No such file or directory              bash: line 1: wget: command not found
 *   exec: "curl": executable file not found in $PATH                      exec: "curl": permission denied
 */
const notFound = [
  /(?:failed to run command|can't execute|env:) ['"‘`]?([^'"’`:\s]+)['"’`]?: (?:No such file|Permission denied)/,
  /exec: "([^"]+)": (?:executable file not found|permission denied|stat )/,
  /([^\s:]+): (?:command not found|not found)\s*$/m,
];

/**
 * The program that could not be started, of those a probe needs; undefined where all of them ran. 126 and 127
 * come from whoever was to start it; 255 and 1 are CRI-O's, which says so on stderr alone.
 */
export function missingProgram(finished: Finished, programs: readonly string[]): string | undefined {
  const { exitCode, stdout, stderr } = finished;
  if (exitCode === 0) return undefined;
  for (const pattern of notFound) {
    const name = pattern.exec(`${stdout}\n${stderr}`)?.[1];
    const base = name?.slice(name.lastIndexOf('/') + 1);
    // BusyBox before 1.30 has `timeout -t SECONDS` and takes the number for the program.
    if (base !== undefined && /^\d+$/.test(base) && programs.includes('timeout')) return 'timeout';
    if (base !== undefined && programs.includes(base)) return base;
  }
  return exitCode === 126 || exitCode === 127 ? programs.at(-1) : undefined;
}
