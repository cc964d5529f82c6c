// Bundles the three programs into dist/: the extension, the practice lab and podnet; the panels' pages into dist/web/; and
// beside them the licences of what the bundles contain.
// Options: --production (minified, no source maps), --meta (dist/meta/NAME.json), --watch.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { writeNotices } from './scripts/building/notices.mjs';

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

/**
 * Programs built together share their chunks: the extension and podnet are the same core.
 * @type {{ name: string, programs: Record<string, string>, external: string[] }[]}
 */
const groups = [
  { name: 'core', programs: { extension: 'src/extension.ts', cli: 'src/cli/main.ts' }, external: ['vscode'] },
  { name: 'lab', programs: { lab: 'src/lab/main.ts' }, external: [] },
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

/**
 * Parts of client-node that src/cluster does without: its HTTP client, which Node 20 cannot load, and its generated
 * API, which is three quarters of its size.
 */
const withoutUnused = {
  name: 'without-unused',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^undici$|\/gen\/index\.js$/ }, ({ path: name, importer }) =>
      importer.includes('client-node') ? { path: name, namespace: 'unused' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path: name }) => ({
      contents: `function Unused() { throw new Error(${JSON.stringify(`${name} is not part of this bundle.`)}); }
        export { Unused as Agent, Unused as ProxyAgent, Unused as fetch };
        export { Unused as createConfiguration, Unused as ServerConfiguration };`,
      loader: 'js',
    }));
  },
};

/** ws asks servers as the rest of the client does: see src/cluster/transport/direct. */
const directRequests = {
  name: 'direct-requests',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^https?$/ }, ({ path: name, importer }) =>
      /[/\\]ws[/\\]lib[/\\]websocket\.js$/.test(importer)
        ? { path: path.join(root, `src/cluster/transport/direct/${name}.ts`) }
        : undefined,
    );
  },
};

/**
 * Imported as an ES module, these parts of Node read all they export, and with it load Node's own fetch, WebSocket and web
 * cryptography: 15 to 50 ms in Node 24 that nobody here needs. Required, they do not.
 */
const requiredBuiltins = {
  name: 'required-builtins',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^(node:)?(https?|crypto)$/ }, ({ path: name, kind }) =>
      kind === 'require-call' ? undefined : { path: name, namespace: 'required-builtin' },
    );
    build.onLoad({ filter: /.*/, namespace: 'required-builtin' }, ({ path: name }) => ({
      contents: `module.exports = require(${JSON.stringify(name)});`,
      loader: 'js',
    }));
  },
};

/** Removes what earlier builds left behind. @param {(typeof groups)[number]} group @param {import('esbuild').Metafile} meta */
async function removeStale(group, meta) {
  const current = new Set(Object.keys(meta.outputs).map((file) => path.resolve(root, file)));
  const chunks = path.join(root, 'dist', 'chunks', group.name);
  const files = existsSync(chunks) ? await readdir(chunks) : [];
  const candidates = [
    ...files.map((file) => path.join(chunks, file)),
    ...Object.keys(group.programs).map((program) => path.join(root, 'dist', `${program}.js.map`)),
  ];
  for (const file of candidates) if (!current.has(file)) await rm(file, { force: true });
  const folders = existsSync(path.dirname(chunks)) ? await readdir(path.dirname(chunks)) : [];
  for (const folder of folders.filter((name) => !groups.some((known) => known.name === name))) {
    await rm(path.join(path.dirname(chunks), folder), { recursive: true });
  }
}

/** @param {(typeof groups)[number]} group */
const afterBuild = (group) => ({
  name: 'after-build',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onEnd(async ({ metafile, errors }) => {
      if (!metafile || errors.length > 0) return;
      await removeStale(group, metafile);
      if (flags.has('--meta')) {
        await mkdir(path.join(root, 'dist/meta'), { recursive: true });
        await writeFile(path.join(root, `dist/meta/${group.name}.json`), JSON.stringify(metafile));
      }
      if (flags.has('--watch')) console.log(`built ${Object.keys(group.programs).join(' and ')}`);
    });
  },
});

/**
 * The pages of panels: each folder of panels/web with a main.ts and a main.css becomes dist/web/FOLDER.js and .css. They
 * run in a browser frame, alone: one file each, and no Node.
 * @returns {import('esbuild').BuildOptions}
 */
function webOptions() {
  const folder = path.join(root, 'src/ui/panels/web');
  const pages = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'main.ts')));
  if (pages.length === 0) fail('src/ui/panels/web holds no page.');
  return {
    absWorkingDir: root,
    entryPoints: pages.flatMap((page) =>
      ['ts', 'css'].map((kind) => ({ in: `src/ui/panels/web/${page}/main.${kind}`, out: page })),
    ),
    outdir: 'dist/web',
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome128'],
    minify: production,
    // A page may load nothing but its script and style sheet, a source map neither.
    sourcemap: production ? false : 'inline',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

/** @param {(typeof groups)[number]} group @returns {import('esbuild').BuildOptions} */
function options(group) {
  return {
    absWorkingDir: root,
    entryPoints: Object.entries(group.programs).map(([out, entry]) => ({ in: entry, out })),
    outdir: 'dist',
    chunkNames: `chunks/${group.name}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // The oldest Node that podnet and the lab run on; VS Code brings a newer one.
    target: 'node20',
    external: group.external,
    banner: { js: requireBanner },
    mainFields: ['module', 'main'],
    conditions: ['module'],
    alias: {
      // yaml's Node entry is CommonJS, which `await import('yaml')` would see as a default export only.
      yaml: path.join(root, 'node_modules/yaml/browser/index.js'),
    },
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: [leaveOut, withoutUnused, directRequests, requiredBuiltins, afterBuild(group)],
  };
}

if (flags.has('--watch')) {
  const contexts = await Promise.all(
    [...groups.map(options), webOptions()].map((each) => esbuild.context(each)),
  );
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const results = await Promise.allSettled(
    [...groups.map(options), webOptions()].map((each) => esbuild.build(each)),
  );
  // esbuild has printed the errors itself.
  if (results.some(({ status }) => status === 'rejected')) process.exit(1);
  const metafiles = results.flatMap((result) =>
    result.status === 'fulfilled' && result.value.metafile ? [result.value.metafile] : [],
  );
  await writeNotices(root, path.join(root, 'dist', 'ThirdPartyNotices.txt'), metafiles);
}
