// How much code VS Code loads when the extension activates, from esbuild's metafile.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../tools/paths.ts';

interface Metafile {
  outputs: Record<string, { bytes: number; imports: { path: string; kind: string; external?: boolean }[] }>;
}

/** The limit: code that activation may load, in bytes. */
export const activationLimit = 200_000;

/** The entry file and what it imports statically, with the bytes of each; `import()` is not followed. */
export function staticClosure(meta: Metafile, entry: string): Map<string, number> {
  const closure = new Map<string, number>();
  const visit = (file: string): void => {
    if (closure.has(file)) return;
    const output = meta.outputs[file];
    if (!output) throw new Error(`${file} is not among the outputs of the build.`);
    closure.set(file, output.bytes);
    for (const { path: imported, kind, external } of output.imports) {
      if (kind === 'import-statement' && external !== true) visit(imported);
    }
  };
  visit(entry);
  return closure;
}

/** Measures the last build with --meta. */
export async function activationSize(): Promise<{ bytes: number; files: Map<string, number> }> {
  const text = await readFile(path.join(root, 'dist', 'meta', 'core.json'), 'utf8');
  const files = staticClosure(JSON.parse(text) as Metafile, 'dist/extension.js');
  return { bytes: [...files.values()].reduce((sum, bytes) => sum + bytes, 0), files };
}
