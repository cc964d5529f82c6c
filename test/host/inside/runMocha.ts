// Runs mocha inside the extension host and hands the results back in a file. Mocha itself is loaded from the
// checkout's node_modules; the test files are bundled with this one.
import { rename, writeFile } from 'node:fs/promises';
import type MochaRunner from 'mocha';
import * as vscode from 'vscode';
import { suiteEnvironment } from './environment.ts';
import type { HostResults, HostTest } from './results.ts';

/** A test file: its name, and the import that defines its tests. */
export type TestFile = readonly [name: string, load: () => Promise<unknown>];

function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const detail = error as Error & { actual?: unknown; expected?: unknown };
  const compared =
    'expected' in detail
      ? `\nexpected: ${JSON.stringify(detail.expected)}\nactual:   ${JSON.stringify(detail.actual)}`
      : '';
  return `${error.stack ?? error.message}${compared}`;
}

async function hand(results: HostResults): Promise<void> {
  const file = suiteEnvironment().results;
  await writeFile(`${file}.half`, JSON.stringify(results));
  await rename(`${file}.half`, file);
}

/** Runs the files' tests; resolves when their results are written, whatever they are. */
export async function runMocha(files: readonly TestFile[]): Promise<void> {
  const tests: HostTest[] = [];
  const results: HostResults = { vscode: vscode.version, node: process.version, tests };
  try {
    // Imported, not required: mocha is an ES module, and this file becomes CommonJS.
    const { default: Mocha } = await import('mocha');
    const mocha = new Mocha({
      ui: 'bdd',
      reporter: 'dot',
      timeout: 30_000,
      forbidOnly: true,
      forbidPending: true,
    });
    const { grep } = suiteEnvironment();
    if (grep !== undefined) mocha.fgrep(grep);
    for (const [name, load] of files) {
      mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, name, mocha);
      await load();
    }
    await new Promise<void>((resolve) => {
      mocha
        .run(() => resolve())
        .on('pass', (test: MochaRunner.Test) => {
          tests.push({ title: test.fullTitle(), milliseconds: test.duration ?? 0 });
        })
        .on('fail', (test: MochaRunner.Test | MochaRunner.Hook, error: unknown) => {
          tests.push({
            title: test.fullTitle(),
            milliseconds: test.duration ?? 0,
            failure: failureText(error),
          });
        });
    });
  } catch (error) {
    results.crash = failureText(error);
  }
  await hand(results);
}
