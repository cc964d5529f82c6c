import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

interface Figures {
  readonly side: string;
  /** Processor time, which the machine's other work does not change much. */
  readonly coldCpuMs: number;
  readonly warmCpuMs: number;
  readonly memoryMb: number;
}

const sides = ['our fields', 'our rules', 'yaml-language-server'];

/**
 * The same documents with the same schema, by us and by yaml-language-server, each bundled as an extension is and in a
 * process of its own.
 */
export async function benchYaml(count = 300): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'podnet-bench-'));
  try {
    await build({
      entryPoints: [path.join(import.meta.dirname, 'child.ts')],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      logLevel: 'error',
      // Some of what yaml-language-server brings is CommonJS.
      banner: {
        js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
      },
    });
    const figures = sides.map((side) => run(path.join(folder, 'child.mjs'), side, count));
    const [, ours, theirs] = figures;
    if (ours && theirs) tellShare(ours, theirs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(child: string, side: string, count: number): Figures {
  const line = execFileSync(process.execPath, ['--expose-gc', child, side, String(count)], {
    encoding: 'utf8',
  });
  const figures = JSON.parse(line) as Figures;
  console.log(JSON.stringify({ bench: 'yaml', ...figures }));
  return figures;
}

function tellShare(ours: Figures, theirs: Figures): void {
  const share = (a: number, b: number): number => Number((a / b).toFixed(2));
  console.log(
    JSON.stringify({
      bench: 'yaml, our rules as a share of yaml-language-server',
      cold: share(ours.coldCpuMs, theirs.coldCpuMs),
      warm: share(ours.warmCpuMs, theirs.warmCpuMs),
      memory: share(ours.memoryMb, theirs.memoryMb),
    }),
  );
}
