// Stages that run test files with mocha on the pinned Node.
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { root, scratch } from '../tools/paths.ts';
import { run } from '../tools/process.ts';
import { failed, type Need, type Outcome, type Stage, type StageContext } from './stage.ts';

/** What mocha's JSON reporter writes, as far as it is read here. */
interface MochaReport {
  stats: { tests: number; passes: number; pending: number; failures: number };
  failures: { fullTitle: string; file: string; err: { message?: string; stack?: string } }[];
}

interface MochaStage {
  name: string;
  about: string;
  /** Folder of test/. */
  folder: string;
  needs: readonly Need[];
  weight: 1 | 2;
  /** For one test. */
  timeoutMs: number;
  /** For the whole stage. */
  limitMs: number;
  coverage?: boolean;
}

async function lineCoverage(): Promise<string> {
  const text = await readFile(path.join(root, 'coverage', 'coverage-summary.json'), 'utf8');
  const summary = JSON.parse(text) as { total: { lines: { pct: number } } };
  return `${summary.total.lines.pct} % of lines covered`;
}

async function runMocha(stage: MochaStage, context: StageContext): Promise<Outcome> {
  const file = path.join(scratch, 'results', `${stage.name}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  const mocha = [
    'mocha',
    `test/${stage.folder}/**/*.test.ts`,
    ...['--timeout', String(stage.timeoutMs)],
    ...['--reporter', 'json', '--reporter-option', `output=${file}`],
    ...(context.grep === undefined ? [] : ['--fgrep', context.grep]),
  ];
  const [command, ...args] = stage.coverage === true ? ['c8', ...mocha] : mocha;
  const kubectl = stage.needs.includes('kubectl') ? await context.kubectl() : undefined;
  const result = await run(command ?? 'mocha', args, {
    timeoutMs: stage.limitMs,
    env: kubectl ? { KUBECTL: kubectl.binary } : {},
  });
  const report = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as MochaReport,
    () => undefined,
  );
  if (!report) return failed(`mocha ended with ${result.code} and left no results:\n${result.output.trim()}`);
  const failures = report.failures.map(
    ({ fullTitle, file: source, err }) =>
      `${fullTitle}\n(${path.relative(root, source)})\n${err.stack ?? err.message ?? 'no message'}`,
  );
  const outcome: Outcome = { passed: report.stats.passes, failed: report.stats.failures, failures };
  // mocha's exit code is the number of failures; anything else is a fault of the run itself.
  if (report.stats.failures === 0 && result.code !== 0) {
    outcome.failed += 1;
    failures.push(`mocha ended with ${result.code} although no test failed:\n${result.output.trim()}`);
  }
  if (report.stats.passes + report.stats.failures === 0) {
    outcome.failed += 1;
    failures.push(`No test ran in test/${stage.folder}.`);
  }
  if (kubectl) outcome.note = `kubectl ${kubectl.version} of ${kubectl.origin}`;
  if (stage.coverage === true && context.grep === undefined) outcome.note = await lineCoverage();
  return outcome;
}

const minutes = 60_000;

const stages: readonly MochaStage[] = [
  {
    name: 'unit',
    about: 'the core; real sockets and processes where a part needs them',
    folder: 'unit',
    needs: [],
    weight: 1,
    timeoutMs: 20_000,
    limitMs: 8 * minutes,
    coverage: true,
  },
  {
    name: 'cluster',
    about: 'the cluster client against the practice lab',
    folder: 'cluster',
    needs: ['build'],
    weight: 1,
    timeoutMs: 30_000,
    limitMs: 8 * minutes,
  },
  {
    name: 'scenarios',
    about: 'each fault to practise: what podnet trace finds, and whether its fix mends it',
    folder: 'scenarios',
    needs: [],
    weight: 1,
    timeoutMs: 60_000,
    limitMs: 8 * minutes,
  },
  {
    name: 'kubectl',
    about: 'the stock kubectl against the practice lab',
    folder: 'kubectl',
    needs: ['build', 'kubectl'],
    weight: 1,
    timeoutMs: 60_000,
    limitMs: 8 * minutes,
  },
  {
    name: 'cli',
    about: 'podnet against the practice lab and files',
    folder: 'cli',
    needs: ['build'],
    weight: 1,
    timeoutMs: 60_000,
    limitMs: 8 * minutes,
  },
  {
    name: 'browser',
    about: 'VS Code in a browser, driven as a person would',
    folder: 'browser',
    needs: ['build', 'chromium', 'newest'],
    weight: 2,
    timeoutMs: 90_000,
    limitMs: 12 * minutes,
  },
];

export const mochaStages: readonly Stage[] = stages.map((stage) => ({
  name: stage.name,
  about: stage.about,
  needs: stage.needs,
  weight: stage.weight,
  run: (context) => runMocha(stage, context),
}));
