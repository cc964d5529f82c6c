// Stages that read the sources without running them.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../tools/paths.ts';
import { run } from '../tools/process.ts';
import { failed, passed, type Outcome, type Stage } from './stage.ts';

const limitMs = 5 * 60_000;

/** Runs a tool whose exit code is the answer. */
async function tool(command: string, ...args: string[]): Promise<Outcome> {
  const result = await run(command, args, { timeoutMs: limitMs });
  return result.code === 0
    ? passed()
    : failed(result.output.trim() || `${command} ended with ${result.code}`);
}

interface Cruise {
  modules: { source: string }[];
  summary: {
    totalCruised: number;
    violations: { from: string; to: string; rule: { name: string; severity: string } }[];
  };
}

/** dependency-cruiser's own exit code is 0 as well when it understood no file at all; so its modules are counted. */
async function importRules(): Promise<Outcome> {
  const result = await run(
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'],
    { timeoutMs: limitMs },
  );
  if (!result.stdout.startsWith('{')) return failed(result.output.trim());
  const { modules, summary } = JSON.parse(result.stdout) as Cruise;
  const seen = new Set(modules.map(({ source }) => source));
  const entries = await readdir(path.join(root, 'src'), { recursive: true });
  const unseen = entries
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join('src', ...name.split(path.sep)))
    .filter((file) => !seen.has(file));
  const failures = summary.violations
    .filter(({ rule }) => rule.severity === 'error')
    .map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`);
  if (unseen.length > 0) failures.push(`Not cruised: ${unseen.slice(0, 10).join(', ')}`);
  if (summary.totalCruised === 0) failures.push('dependency-cruiser cruised no module at all.');
  return failures.length > 0 ? failed(failures.join('\n')) : passed(`${summary.totalCruised} modules`);
}

/** Where a stage looks for test files; a file elsewhere would never run. */
const testFolders =
  /^(unit|cluster|kubectl|cli|scenarios|browser)\/|^host\/(suite|restricted|packaged)\/[^/]+$/;

async function everyTestFileRuns(): Promise<Outcome> {
  const entries = await readdir(path.join(root, 'test'), { recursive: true });
  const files = entries
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.test.ts'));
  const outside = files.filter((name) => !testFolders.test(name));
  if (files.length === 0) return failed('There is no test file.');
  return outside.length > 0
    ? failed(`No stage runs these: ${outside.map((name) => `test/${name}`).join(', ')}`)
    : passed(`${files.length} files`);
}

export const staticStages: readonly Stage[] = [
  {
    name: 'types',
    about: 'tsc, strict',
    needs: [],
    weight: 1,
    run: () => tool('tsc', '--noEmit'),
  },
  {
    name: 'page-types',
    about: "tsc over the panels' pages, which run in a browser",
    needs: [],
    weight: 1,
    run: () => tool('tsc', '--noEmit', '--project', 'src/ui/panels/web'),
  },
  {
    name: 'lint',
    about: "ESLint with typescript-eslint's type-checked rules",
    needs: [],
    weight: 1,
    run: () => tool('eslint', '--max-warnings', '0', '.'),
  },
  {
    name: 'formatting',
    about: 'Prettier',
    needs: [],
    weight: 1,
    run: () => tool('prettier', '--check', '--log-level', 'warn', '.'),
  },
  {
    name: 'imports',
    about: 'who may import whom (dependency-cruiser)',
    needs: [],
    weight: 1,
    run: importRules,
  },
  {
    name: 'test-files',
    about: 'every test file belongs to a stage',
    needs: [],
    weight: 1,
    run: everyTestFileRuns,
  },
  {
    name: 'dead-code',
    about: 'files, exports and dependencies that nothing uses (knip)',
    needs: [],
    weight: 1,
    run: () => tool('knip', '--no-progress'),
  },
];
