// Runs mocha inside the extension host and hands the results back in a file. Mocha itself is loaded from the
// checkout's node_modules; the test files are bundled with this one.
import { renameSync, writeFileSync } from 'node:fs';
import type MochaRunner from 'mocha';
import * as vscode from 'vscode';
import { suiteEnvironment } from './environment.ts';
import type { HostResults, HostTest } from './results.ts';

/** A test file: its name, and the import that defines its tests. */
export type TestFile = readonly [name: string, load: () => Promise<unknown>];

function failureText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Writes the results so far; under their final name when the suite is over. */
function hand(results: HostResults, over: boolean): void {
  const file = suiteEnvironment().results;
  writeFileSync(`${file}.half`, JSON.stringify(results));
  renameSync(`${file}.half`, over ? file : `${file}.progress`);
}

/** Runs the files' tests; resolves when their results are written, whatever they are. */
export async function runMocha(files: readonly TestFile[]): Promise<void> {
  const tests: HostTest[] = [];
  const results: HostResults = { vscode: vscode.version, node: process.version, tests };
  const keep = (test: MochaRunner.Test | MochaRunner.Hook, failure?: string): void => {
    tests.push({
      title: test.fullTitle(),
      milliseconds: test.duration ?? 0,
      ...(failure === undefined ? {} : { failure }),
    });
    hand(results, false);
  };
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
        .on('pass', (test: MochaRunner.Test) => keep(test))
        .on('fail', (test: MochaRunner.Test | MochaRunner.Hook, error: unknown) =>
          keep(test, failureText(error)),
        );
    });
  } catch (error) {
    results.crash = failureText(error);
  }
  hand(results, true);
}
