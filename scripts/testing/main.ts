// npm test: everything that can be checked on this machine, installed and run; see CONTRIBUTING.md.
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../tools/apt.ts';
import { ensureHost } from '../tools/codeServer.ts';
import { ensureKubectl, type Kubectl } from '../tools/kubectl.ts';
import { cacheFolder, scratch } from '../tools/paths.ts';
import { run } from '../tools/process.ts';
import { hostStages } from './hostStages.ts';
import { mochaStages } from './mochaStages.ts';
import { packageStage } from './packageStage.ts';
import { schedule, type Finished, type Provision } from './schedule.ts';
import { failed, passed, type Need, type Outcome, type Stage } from './stage.ts';
import { staticStages } from './staticStages.ts';

const started = Date.now();
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const say = (line: string): void => console.log(`  … ${line}`);

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function build(): Promise<Outcome> {
  const result = await run('node', ['esbuild.mjs', '--production', '--meta'], { timeoutMs: 120_000 });
  return result.code === 0 ? passed() : failed(result.output.trim());
}

const buildStage: Stage = {
  name: 'build',
  about: 'the three bundles, as they are published',
  needs: [],
  provides: 'build',
  weight: 1,
  run: build,
};

const stages: readonly Stage[] = [
  buildStage,
  ...staticStages,
  ...mochaStages.filter(({ weight }) => weight === 1),
  packageStage,
  ...hostStages,
  ...mochaStages.filter(({ weight }) => weight === 2),
];

const help = `npm test [-- OPTIONS]

Installs what is missing and runs every stage. Options:
  --only NAMES   only these stages, separated by commas ("host" means both host stages)
  --grep TEXT    only tests whose title contains TEXT
  --pictures     the browser tests put their pictures into docs/images
  --help

Stages:
${stages.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')}

Installed once into ${cacheFolder()}: two versions of VS Code's server, kubectl.
`;

function choose(only: string | undefined): Stage[] {
  if (only === undefined) return [...stages];
  const wanted = only
    .split(',')
    .flatMap((name) => (name === 'host' ? hostStages.map((s) => s.name) : [name]));
  const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`There is no stage ${unknown.join(', ')}. There are:`);
    console.error(stages.map(({ name }) => name).join(', '));
    process.exit(2);
  }
  return withProviders(stages.filter(({ name }) => wanted.includes(name)));
}

/** Adds the stages whose result the chosen ones need, as the build. */
function withProviders(chosen: readonly Stage[]): Stage[] {
  const needed = new Set(chosen.flatMap(({ needs }) => needs));
  const all = stages.filter(
    (stage) => chosen.includes(stage) || (stage.provides !== undefined && needed.has(stage.provides)),
  );
  return all.length === chosen.length ? all : withProviders(all);
}

/** Installs what the stages need, one after the other: each part alone keeps a core busy. */
function provide(needed: ReadonlySet<Need>): { provisions: Map<Need, Provision>; kubectl: Promise<Kubectl> } {
  const provisions = new Map<Need, Provision>();
  let chain: Promise<unknown> = Promise.resolve();
  const add = <T>(need: Need, install: () => Promise<T>): Promise<T> => {
    const installed = chain.then(install);
    chain = installed.catch(() => undefined);
    provisions.set(
      need,
      installed.then(
        () => undefined,
        (error: unknown) => explain(error),
      ),
    );
    return installed;
  };
  let kubectl: Promise<Kubectl> = Promise.reject(new Error('No stage asked for kubectl.'));
  kubectl.catch(() => undefined);
  if (needed.has('kubectl')) kubectl = add('kubectl', () => ensureKubectl(say));
  if (needed.has('chromium')) void add('chromium', () => ensureChromium(say)).catch(() => undefined);
  for (const host of ['oldest', 'newest'] as const) {
    if (needed.has(host)) void add(host, () => ensureHost(host, say)).catch(() => undefined);
  }
  return { provisions, kubectl };
}

function print({ stage, outcome, milliseconds }: Finished): void {
  const mark = outcome.failed === 0 ? '✔' : '✖';
  const counts = `${outcome.passed} passed${outcome.failed === 0 ? '' : `, ${outcome.failed} failed`}`;
  const note = outcome.note === undefined ? '' : `  (${outcome.note})`;
  console.log(`${mark} ${stage.name.padEnd(12)} ${counts.padEnd(24)} ${seconds(milliseconds)}${note}`);
  for (const failure of outcome.failures) console.log(`\n${failure.replace(/^/gm, '    ')}\n`);
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    grep: { type: 'string' },
    pictures: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
if (values.help === true) {
  console.log(help);
  process.exit(0);
}

if (values.pictures === true) process.env.PODNET_PICTURES = 'docs';

const chosen = choose(values.only);
await mkdir(scratch, { recursive: true });
const needed = new Set(chosen.flatMap(({ needs }) => needs));
const { provisions, kubectl } = provide(needed);

const settle = new Map<Need, (reason: string | undefined) => void>();
for (const { provides } of chosen) {
  if (provides === undefined) continue;
  provisions.set(provides, new Promise((resolve) => settle.set(provides, resolve)));
}

const finished: Finished[] = [];
await schedule(chosen, provisions, { kubectl: () => kubectl, grep: values.grep, say }, (result) => {
  finished.push(result);
  print(result);
  const { stage, outcome } = result;
  if (stage.provides !== undefined) {
    settle.get(stage.provides)?.(outcome.failed === 0 ? undefined : `the stage ${stage.name} failed`);
  }
});

const total = finished.reduce(
  (sum, { outcome }) => ({ passed: sum.passed + outcome.passed, failed: sum.failed + outcome.failed }),
  { passed: 0, failed: 0 },
);
const broken = finished.filter(({ outcome }) => outcome.failed > 0).map(({ stage }) => stage.name);
console.log(`\n${finished.length} stages in ${seconds(Date.now() - started)}`);
if (broken.length > 0) console.log(`failed: ${broken.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
