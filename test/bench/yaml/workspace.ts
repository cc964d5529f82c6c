import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseInSlices } from '../../../src/manifest/parseInSlices.ts';
import { FactsStore } from '../../../src/ui/editor/factsStore.ts';
import { fileFacts } from '../../../src/ui/editor/fileFacts.ts';
import { documentsOf } from './documents.ts';

const parallelReads = 8;

/**
 * A workspace of `count` files read into the index as the extension does it, and for how long nothing else could run
 * meanwhile. The extension's files come through VS Code's file system, which this leaves out.
 */
export async function benchWorkspace(count = 5_000): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'podnet-bench-'));
  try {
    const texts = documentsOf(count);
    const names = texts.map((text, index) => {
      const name = path.join(folder, `${index}.yaml`);
      // One in a hundred is a bundle.
      writeFileSync(name, index % 100 === 0 ? texts.slice(index, index + 100).join('---\n') : text);
      return name;
    });
    const store = new FactsStore();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const started = performance.now();
    const worker = async (): Promise<void> => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) {
        const text = await readFile(name, 'utf8');
        const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
        store.set(name, fileFacts(await parseInSlices(text, { file: name }, pause)));
      }
    };
    await Promise.all(Array.from({ length: parallelReads }, worker));
    const readMs = performance.now() - started;
    delay.disable();
    console.log(
      JSON.stringify({
        bench: 'workspace',
        files: count,
        objects: store.objectCount,
        readMs: Math.round(readMs),
        longestBlockMs: Math.round(delay.max / 1e6),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
