import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ExplainedError } from '../base/errors.ts';
import { shellQuote } from '../base/shellQuote.ts';
import { tell, wrongUse } from './tell.ts';
import type { ExitCode, Io, Verb } from './verb.ts';

const usage = `Usage: podnet lab [--port PORT] [--scenario ID] [--kubeconfig FILE] [-o text|json]
       podnet lab --list-scenarios [-o text|json]
       podnet lab --faults list

Starts the practice lab: a simulated cluster on 127.0.0.1, for people who have none. The first line it prints is
the path of its kubeconfig; it runs until Ctrl-C.

  --port PORT         listen on this port; default: a free one
  --scenario ID       what the cluster holds: a lesson, or one of the faults that podnet trace names
  --list-scenarios    say what there is to practise, with a question for podnet trace each, and end
  --pods N            a generated cluster of N pods instead, to see how it goes with many; nothing runs in them
  --churn RATE        with --pods: change so many of them a second
  --faults SPEC       disturb what is read of its API, to see how a client bears it: NAME[:RATE[:SEED]], several
                      with commas between or by several --faults, such as stalled-watch or mix:0.2:7;
                      "list" says what there is and ends
  --kubeconfig FILE   write the kubeconfig here; default: a new file in the temporary folder
  -o text|json        json prints {"kubeconfig","server","pid"} instead of the path

Exit code: 0 = it ran and was ended, 2 = it could not start.
`;

/** `podnet lab`: the practice lab, a process of its own, for as long as this one runs. */
export const lab: Verb = {
  name: 'lab',
  summary: 'start the practice lab, a simulated cluster, and print the path of its kubeconfig',
  usage,
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        scenario: { type: 'string' },
        'list-scenarios': { type: 'boolean' },
        pods: { type: 'string' },
        churn: { type: 'string' },
        faults: { type: 'string', multiple: true, default: [] },
        kubeconfig: { type: 'string' },
        output: { type: 'string', short: 'o', default: 'text' },
      },
    });
    if (values.output !== 'text' && values.output !== 'json') {
      throw wrongUse('lab', `-o takes text or json, not "${values.output}".`);
    }
    const options = (['port', 'scenario', 'pods', 'churn', 'kubeconfig'] as const).flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [`--${name}`, value];
    });
    for (const spec of values.faults) options.push('--faults', spec);
    if (values['list-scenarios'] === true) options.push('--list-scenarios');
    const isListing = values['list-scenarios'] === true || values.faults.includes('list');
    return start([...options, ...(values.output === 'json' ? ['--json'] : [])], values.output, isListing, io);
  },
};

/** Runs the lab with this program's own node, and ends it with this program, however that ends. */
async function start(
  options: readonly string[],
  output: 'text' | 'json',
  isListing: boolean,
  io: Io,
): Promise<ExitCode> {
  // `--with-parent` and the pipe: the lab ends even where this process is killed outright.
  const child = spawn(process.execPath, [labProgram(), '--with-parent', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: io.cwd,
    env: io.env,
  });
  const end = (): void => {
    child.kill('SIGTERM');
  };
  io.signal.addEventListener('abort', end, { once: true });
  let started = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    io.stdout.write(`${line}\n`);
    if (started) return;
    started = true;
    if (isListing) return;
    if (output === 'text') {
      tell(
        `the practice lab runs until Ctrl-C; it is a simulated cluster. Use it with: export ${variable(line)}`,
        io.stderr,
      );
    }
  });
  try {
    return await new Promise<ExitCode>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code === 0 || (started && signal !== null) ? 0 : 2));
    });
  } finally {
    io.signal.removeEventListener('abort', end);
  }
}

function variable(kubeconfig: string): string {
  return `KUBECONFIG=${shellQuote([kubeconfig])}`;
}

/** dist/lab.js beside the bundle, wherever in dist/ this code ended up; or the sources, when run from these. */
function labProgram(): string {
  const here = import.meta.dirname;
  const candidates = [
    path.join(here, 'lab.js'),
    path.join(here, '../../lab.js'),
    path.join(here, '../lab/main.ts'),
  ];
  const found = candidates.find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new ExplainedError(
    'no-lab',
    `The practice lab is not there (looked for ${candidates.slice(0, 2).join(', ')})`,
    {
      remedy: 'Build it with npm run build.',
    },
  );
}
