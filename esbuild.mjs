// Bundles the three programs into dist/: the extension, the practice lab and podnet.
// Options: --production (minified, no source maps), --meta (dist/meta/NAME.json), --watch.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

const root = import.meta.dirname;
const flags = new Set(process.argv.slice(2));
const known = ['--production', '--meta', '--watch'];
for (const flag of flags) {
  if (!known.includes(flag)) fail(`Unknown option ${flag}. There are: ${known.join(' ')}`);
}
const production = flags.has('--production');

/** CommonJS dependencies inside an ES module bundle call `require` for Node's own modules. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Parts of just-bash that need WebAssembly or native code; the lab's images do not have these tools. */
const leftOut = ['sql.js', 'quickjs-emscripten', '@mongodb-js/zstd', 'node-liblzma'];

/** @type {{ name: string, entry: string, target: string, external?: string[] }[]} */
const bundles = [
  { name: 'extension', entry: 'src/extension.ts', target: 'node22', external: ['vscode'] },
  { name: 'lab', entry: 'src/lab/main.ts', target: 'node20' },
  { name: 'cli', entry: 'src/cli/main.ts', target: 'node20' },
];

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(`esbuild.mjs: ${message}`);
  process.exit(1);
}

/** Gives the left-out packages a body that says so, should something ask for them after all. */
const leaveOut = {
  name: 'leave-out',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    const filter = new RegExp(`^(${leftOut.map((name) => name.replace('.', '\\.')).join('|')})$`);
    build.onResolve({ filter }, (args) => ({ path: args.path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, (args) => ({
      contents: `module.exports = {}; throw new Error(${JSON.stringify(`${args.path} is not part of this bundle.`)});`,
      loader: 'js',
    }));
  },
};

/** client-node's HTTP client: src/cluster has its own, and Node 20 cannot load this one. */
const withoutUndici = {
  name: 'without-undici',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, ({ importer }) =>
      importer.includes('client-node') ? { path: 'undici', namespace: 'unused' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
      contents: `function Unused() { throw new Error('undici is not part of this bundle.'); }
        export { Unused as Agent, Unused as ProxyAgent, Unused as fetch };`,
      loader: 'js',
    }));
  },
};

/** Removes what earlier builds of this bundle left behind. @param {string} name @param {import('esbuild').Metafile} meta */
async function removeStale(name, meta) {
  const folder = path.join(root, 'dist', 'chunks', name);
  if (production) await rm(path.join(root, 'dist', `${name}.js.map`), { force: true });
  if (!existsSync(folder)) return;
  const current = new Set(Object.keys(meta.outputs).map((file) => path.resolve(root, file)));
  for (const file of await readdir(folder)) {
    const full = path.join(folder, file);
    if (!current.has(full)) await rm(full, { force: true });
  }
}

/** @param {{ name: string }} bundle */
const afterBuild = ({ name }) => ({
  name: 'after-build',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onEnd(async (result) => {
      if (!result.metafile) return;
      await removeStale(name, result.metafile);
      if (flags.has('--meta')) {
        await mkdir(path.join(root, 'dist/meta'), { recursive: true });
        await writeFile(path.join(root, `dist/meta/${name}.json`), JSON.stringify(result.metafile));
      }
      if (flags.has('--watch')) console.log(`built ${name}`);
    });
  },
});

/** @param {(typeof bundles)[number]} bundle @returns {import('esbuild').BuildOptions} */
function options(bundle) {
  const shebang = bundle.name === 'extension' ? '' : '#!/usr/bin/env node\n';
  return {
    absWorkingDir: root,
    entryPoints: [{ in: bundle.entry, out: bundle.name }],
    outdir: 'dist',
    chunkNames: `chunks/${bundle.name}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: bundle.target,
    external: bundle.external ?? [],
    banner: { js: shebang + requireBanner },
    mainFields: ['module', 'main'],
    conditions: ['module'],
    // yaml's Node entry is CommonJS, which `await import('yaml')` would see as a default export only.
    alias: { yaml: path.join(root, 'node_modules/yaml/browser/index.js') },
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: [leaveOut, withoutUndici, afterBuild(bundle)],
  };
}

if (flags.has('--watch')) {
  const contexts = await Promise.all(bundles.map((bundle) => esbuild.context(options(bundle))));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const results = await Promise.allSettled(bundles.map((bundle) => esbuild.build(options(bundle))));
  // esbuild has printed the errors itself.
  if (results.some(({ status }) => status === 'rejected')) process.exit(1);
}
