import type { KubeconfigProblem } from './clusterAccess.ts';

/** Which problems of a kubeconfig are news: what was told is not told again until it is gone. */
export class FreshProblems {
  #told: ReadonlySet<string> = new Set();

  /** @param problems all there are now */
  among(problems: readonly KubeconfigProblem[]): readonly KubeconfigProblem[] {
    const fresh = problems.filter((problem) => !this.#told.has(problemText(problem)));
    this.#told = new Set(problems.map(problemText));
    return fresh;
  }
}

/** File and line, what is wrong there, and the remedy. */
export function problemText({ file, line, message, remedy }: KubeconfigProblem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return `${place}: ${/[.!?…]$/.test(message) ? message : `${message}.`} ${remedy}`;
}
