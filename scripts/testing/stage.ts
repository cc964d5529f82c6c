import type { HostName } from '../tools/codeServer.ts';

/** What a stage needs before it can start; installed or made once, at the same time as other stages run. */
export type Need = 'build' | 'vsix' | 'kubectl' | 'chromium' | HostName;

/** How a stage ended. */
export interface Outcome {
  passed: number;
  failed: number;
  /** What failed, in full, each entry a paragraph. */
  failures: string[];
  /** A few words for the line of the stage: what was measured, which version ran. */
  note?: string;
}

export interface StageContext {
  /** Path of the kubectl to test with; only for stages that need it. */
  kubectl: () => Promise<{ binary: string; version: string; origin: string }>;
  /** Only tests whose title contains this. */
  grep: string | undefined;
  /** A progress line. */
  say: (line: string) => void;
}

export interface Stage {
  name: string;
  /** What it checks, for --help. */
  about: string;
  needs: readonly Need[];
  /** What other stages may need of this one; there when it passed. */
  provides?: Need;
  /** 2: it wants the machine for itself. */
  weight: 1 | 2;
  run: (context: StageContext) => Promise<Outcome>;
}

/** One check that passed. */
export function passed(note?: string): Outcome {
  return { passed: 1, failed: 0, failures: [], ...(note === undefined ? {} : { note }) };
}

/** One check that failed, with everything it said. */
export function failed(...failures: string[]): Outcome {
  return { passed: 0, failed: 1, failures };
}
