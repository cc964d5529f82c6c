import { shellQuote } from '../../base/shellQuote.ts';

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Lines to paste into a terminal. Names come from a cluster, so each is quoted. */
export function logsCommand({ namespace, name }: Named, ...more: readonly string[]): string {
  const which = more.length > 0 ? more : ['--all-containers'];
  return shellQuote(['kubectl', 'logs', '-n', namespace, name, ...which]);
}

export function describePod({ namespace, name }: Named): string {
  return shellQuote(['kubectl', 'describe', 'pod', '-n', namespace, name]);
}
