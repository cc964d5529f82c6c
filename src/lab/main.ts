#!/usr/bin/env node
/** The practice lab as a process: starts it, says where its kubeconfig is, and ends cleanly. */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { faultText } from './faults/all.ts';
import { planFaults } from './faults/plan.ts';
import { startLab } from './lab.ts';
import { createRuntime } from './runtime/runtime.ts';
import { findScenario, scenarios } from './scenarios/index.ts';
import { scenarioList, scenarioText } from './scenarios/list.ts';

/** By then the server is closed and the kubeconfig removed. */
const stopLimit = 1000;

const usage = `Usage: lab [options]

Starts the practice lab: a simulated Kubernetes API on 127.0.0.1. The first line of the output is the path of its
kubeconfig; the lab ends with SIGTERM or Ctrl+C and takes the kubeconfig with it.

  --port PORT          listen on this port (default: a free one)
  --kubeconfig FILE    write the kubeconfig here (default: a new file in the temporary folder)
  --scenario ID        what the cluster holds (default: ${scenarios[0]?.id ?? ''})
  --list-scenarios     say what there is to practise, each with a question for podnet trace; with --json as JSON
  --pods N             a generated cluster of N pods instead: they only stand in the API, nothing runs in them
  --churn RATE         with --pods: change so many of them a second
  --faults SPEC        disturb what is read of the API: NAME[:RATE[:SEED]], several with commas between or by
                       several --faults; "list" says what there is. While the lab runs: PUT /podnet-lab/faults
  --json               print one line of JSON: {"kubeconfig","server","pid"}
  --with-parent        end when the standard input closes, or the IPC channel of the parent process
  --with-viewer        add a context "podnet-lab-viewer" that may only look at namespace default
  --history CHANGES    how many changes of each kind watches can go back to (default: 2000)
`;

function numberOption(name: string, text: string | undefined, highest: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > highest)
    throw new Error(`--${name} takes a number up to ${highest}, not "${text}"`);
  return value;
}

function report(where: string, error: unknown): void {
  process.stderr.write(
    `lab: ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}

/** Resolves when the process is asked to end. */
function untilAsked(withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    const ask = (): void => {
      resolve();
    };
    process.on('SIGTERM', ask);
    process.on('SIGINT', ask);
    process.on('SIGHUP', ask);
    if (!withParent) return;
    process.on('disconnect', ask);
    process.stdin.on('end', ask);
    process.stdin.on('close', ask);
    process.stdin.resume();
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      kubeconfig: { type: 'string' },
      scenario: { type: 'string', default: scenarios[0]?.id ?? '' },
      history: { type: 'string' },
      pods: { type: 'string' },
      churn: { type: 'string' },
      faults: { type: 'string', multiple: true, default: [] },
      'list-scenarios': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'with-parent': { type: 'boolean', default: false },
      'with-viewer': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (values['list-scenarios']) {
    process.stdout.write(values.json ? `${JSON.stringify(scenarioList())}\n` : scenarioText());
    return;
  }
  if (values.faults.includes('list')) {
    process.stdout.write(faultText());
    return;
  }
  const generatedPods = numberOption('pods', values.pods, 100_000);
  const churn = numberOption('churn', values.churn, 10_000);
  if (churn !== undefined && generatedPods === undefined) throw new Error('--churn needs --pods');
  const scenario = findScenario(generatedPods === undefined ? values.scenario : 'empty');
  if (!scenario) {
    throw new Error(
      `there is no scenario "${values.scenario}"; --list-scenarios says what there is: ${scenarios.map(({ id }) => id).join(', ')}`,
    );
  }
  const historyLimit = numberOption('history', values.history, 1_000_000);
  const asked = untilAsked(values['with-parent']);
  const lab = await startLab({
    scenario,
    createRuntime: (view, faults) => createRuntime(view, { faults }),
    port: numberOption('port', values.port, 65535) ?? 0,
    withViewer: values['with-viewer'],
    onError: report,
    apiFaults: planFaults(values.faults.join(',')),
    ...(values.kubeconfig === undefined ? {} : { kubeconfigPath: values.kubeconfig }),
    ...(historyLimit === undefined ? {} : { historyLimit }),
    ...(generatedPods === undefined ? {} : { generatedPods }),
    ...(churn === undefined ? {} : { churn }),
  });
  const { kubeconfig, server } = lab;
  const line = values.json ? JSON.stringify({ kubeconfig, server, pid: process.pid }) : kubeconfig;
  process.stdout.write(`${line}\n`);
  await asked;
  // Pods that ignore SIGTERM would take seconds; they live in this process and end with it.
  await Promise.race([lab.close(), delay(stopLimit)]);
  process.exit();
}

main().catch((error: unknown) => {
  process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
  process.stdin.destroy();
});
