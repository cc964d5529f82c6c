// Stages that run inside VS Code's extension host.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { SuiteName } from '../../test/host/bundle.ts';
import { runSuite } from '../../test/host/harness.ts';
import type { HostName } from '../tools/codeServer.ts';
import { root } from '../tools/paths.ts';
import { vsixFile } from './packageStage.ts';
import type { Outcome, Stage, StageContext } from './stage.ts';

async function hasTests(suite: SuiteName): Promise<boolean> {
  const names = await readdir(path.join(root, 'test', 'host', suite)).catch(() => []);
  return names.some((name) => name.endsWith('.test.ts'));
}

/** Runs suites one after the other and adds up what they gave. */
async function runSuites(
  host: HostName,
  suites: readonly SuiteName[],
  context: StageContext,
  vsix?: string,
): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: 0, failures: [] };
  for (const suite of suites) {
    const results = await runSuite({
      host,
      suite,
      say: context.say,
      grep: context.grep,
      ...(vsix === undefined ? {} : { vsix }),
    });
    for (const { title, failure } of results.tests) {
      if (failure === undefined) outcome.passed += 1;
      else outcome.failures.push(`${title} (VS Code ${results.vscode}, ${suite})\n${failure}`);
    }
    if (results.crash !== undefined) {
      outcome.failures.push(`The suite "${suite}" broke on VS Code ${results.vscode}: ${results.crash}`);
    } else if (results.tests.length === 0 && context.grep === undefined) {
      outcome.failures.push(`No test ran in test/host/${suite}.`);
    }
    outcome.note = `VS Code ${results.vscode}, Node ${results.node.replace('v', '')}`;
  }
  outcome.failed = outcome.failures.length;
  return outcome;
}

const hosts: readonly HostName[] = ['oldest', 'newest'];

const ownStages: readonly Stage[] = hosts.map((host) => ({
  name: `host-${host}`,
  about: `the suite in the extension host of the ${host} VS Code we support`,
  needs: ['build', 'chromium', host],
  weight: 2,
  run: async (context) =>
    runSuites(host, (await hasTests('restricted')) ? ['suite', 'restricted'] : ['suite'], context),
}));

export const hostStages: readonly Stage[] = [
  ...ownStages,
  {
    name: 'host-installed',
    about: 'the VSIX, installed into the newest VS Code',
    needs: ['vsix', 'chromium', 'newest'],
    weight: 2,
    run: (context) => runSuites('newest', ['packaged'], context, vsixFile),
  },
];
