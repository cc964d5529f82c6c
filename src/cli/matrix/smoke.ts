import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { namespacesOf, planSmoke } from '../../probe/smoke/plan.ts';
import { readSmoke } from '../../probe/smoke/read.ts';
import { smokeJunit, smokeText } from '../../probe/smoke/report.ts';
import { runSmoke, type SmokeResult } from '../../probe/smoke/run.ts';
import type { SmokeFile } from '../../probe/smoke/schema.ts';
import { createCheckers, type Allowed } from '../cluster/checkers.ts';
import { openSession } from '../cluster/session.ts';
import type { ClusterOptions } from '../globalOptions.ts';
import { tell } from '../tell.ts';
import type { ExitCode, Io } from '../verb.ts';
import { save } from '../save.ts';

/**
 * `podnet matrix --expect FILE`: what the file says must and must not be reachable.
 * @throws ExplainedError where the file cannot be read; what is wrong in it is told line by line, exit code 2.
 */
export async function expectFile(
  file: string,
  options: ClusterOptions,
  allowed: Allowed,
  junit: string | undefined,
  io: Io,
): Promise<ExitCode> {
  const reading = readSmoke(await readText(path.resolve(io.cwd, file), file));
  if (reading.is === 'wrong') {
    for (const { message, range } of reading.problems) {
      tell(`${file}:${range.start.line + 1}:${range.start.character + 1}: ${message}`, io.stderr);
    }
    return 2;
  }
  const results = await run(reading.file, options, allowed, io);
  if (junit !== undefined) await save(io, junit, smokeJunit(results, file));
  io.stdout.write(
    options.output === 'json' ? `${JSON.stringify(asJson(results), null, 2)}\n` : smokeText(results, file),
  );
  if (results.some(({ is }) => is === 'failed')) return 1;
  return results.some(({ is }) => is === 'unknown') ? 2 : 0;
}

async function run(
  file: SmokeFile,
  options: ClusterOptions,
  allowed: Allowed,
  io: Io,
): Promise<readonly SmokeResult[]> {
  const session = await openSession(options, () => ({ is: 'only', namespaces: namespacesOf(file) }), io);
  try {
    const snapshot = await session.read();
    const checkers = createCheckers(session, snapshot, allowed, io);
    try {
      const plan = planSmoke(file, snapshot);
      return await runSmoke(checkers.batch, plan, file.checks, () => undefined, io.signal);
    } finally {
      await checkers.cleanUp();
    }
  } finally {
    session.dispose();
  }
}

function asJson(results: readonly SmokeResult[]): unknown {
  return results.map(({ check, is, message, records }) => ({
    name: check.name,
    expect: check.expect,
    ...(check.status !== undefined && { status: check.status }),
    line: check.range.start.line,
    result: is,
    message,
    records,
  }));
}

async function readText(full: string, file: string): Promise<string> {
  try {
    return await readFile(full, 'utf8');
  } catch (error) {
    throw new ExplainedError('unreadable', `${oneLine(file)} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
