import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { cellKey, type MatrixRun } from '../../probe/matrix/run.ts';
import { flag, listOf, number, oneOf, optional, reader, shape, text } from '../panels/protocol/shape.ts';

/** As many as MatrixRuns keeps. */
const mostFiles = 10;
/** Raised when what is written can no longer be read by {@link readRun}. */
const version = 1;

const readFileShape = reader(
  shape({
    version: number,
    run: shape({
      id: text,
      title: text,
      context: text,
      simulated: flag,
      startedAt: text,
      state: oneOf('done', 'cancelled', 'failed'),
      from: listOf(text),
      to: listOf(text),
      planned: number,
      notes: listOf(text),
    }),
    cells: listOf(
      shape({
        from: text,
        to: text,
        url: text,
        verdict: text,
        summary: text,
        command: listOf(text),
        output: text,
        tool: text,
        startedAt: text,
        timingsMs: shape({}),
        ranIn: optional(text),
      }),
    ),
  }),
);

/** The newest runs, in files of the workspace's storage, so that they outlive the window. */
export class RunFiles {
  readonly #folder: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;

  /** @param folder where they are kept; it is made when first needed. */
  constructor(folder: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#folder = folder;
    this.#log = log;
  }

  /** The runs that are kept, newest first. One that cannot be read is left out, and the log says why. */
  async read(): Promise<readonly MatrixRun[]> {
    const runs: MatrixRun[] = [];
    for (const name of await this.#names()) {
      try {
        const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#folder, name));
        const run = readRun(JSON.parse(new TextDecoder().decode(bytes)));
        if (run === undefined) this.#log.warn(`The matrix ${name} is of another version; it is left out.`);
        else runs.push(run);
      } catch (error) {
        this.#log.warn(`The matrix ${name} cannot be read: ${messageOf(error)}`);
      }
    }
    return runs;
  }

  /** Keeps a run that has ended, and drops the oldest of those that are too many. */
  async write(run: MatrixRun): Promise<void> {
    const { cells, ...rest } = run;
    const kept = JSON.stringify({ version, run: rest, cells: [...cells.values()] });
    await vscode.workspace.fs.createDirectory(this.#folder);
    const file = vscode.Uri.joinPath(this.#folder, nameOf(run));
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(kept));
    for (const name of (await this.#names()).slice(mostFiles)) {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(this.#folder, name));
    }
  }

  /** Newest first: names begin with the time. */
  async #names(): Promise<readonly string[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.#folder);
      return entries
        .map(([name]) => name)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .reverse();
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
      throw error;
    }
  }
}

function nameOf({ id, startedAt }: MatrixRun): string {
  return `${startedAt.replace(/[^0-9TZ]/g, '')}-${id.replace(/[^0-9a-z-]/g, '')}.json`;
}

/** Reads what {@link RunFiles.write} wrote; undefined where it is of another version. */
function readRun(value: unknown): MatrixRun | undefined {
  const file = readFileShape(value);
  if (file?.version !== version) return undefined;
  // Written by this very version: the shape above tells that it is a run, its details are ours.
  const records = file.cells as readonly unknown[] as readonly CheckRecord[];
  return {
    ...(file.run as Omit<MatrixRun, 'cells'>),
    cells: new Map(records.map((record) => [cellKey(record.from, record.to), record])),
  };
}
