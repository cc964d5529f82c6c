import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { root, scratch } from '../../scripts/tools/paths.ts';

/**
 * The folders of test files. `suite` runs in a trusted workspace with a practice lab, `restricted` in one that is
 * not trusted, `packaged` with the extension installed from its VSIX instead of the checkout's.
 */
export const suiteNames = ['suite', 'restricted', 'packaged'] as const;
export type SuiteName = (typeof suiteNames)[number];

/** Bundles the test files of one folder into a CommonJS file that exports run(); returns its path. */
export async function bundleSuite(suite: SuiteName): Promise<string> {
  const folder = path.join(root, 'test', 'host', suite);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  if (names.length === 0) throw new Error(`There is no test file in test/host/${suite}.`);
  const entries = names.map((name) => {
    const file = JSON.stringify(`./test/host/${suite}/${name}`);
    return `  [${JSON.stringify(name)}, () => import(${file})],`;
  });
  const outfile = path.join(scratch, 'host', `${suite}.cjs`);
  await build({
    stdin: {
      contents: [
        "import { runMocha } from './test/host/inside/runMocha.ts';",
        `export const run = () => runMocha([\n${entries.join('\n')}\n]);`,
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    // Errors arrive with the rejection.
    logLevel: 'silent',
  });
  return outfile;
}
