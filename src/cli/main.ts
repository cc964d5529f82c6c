#!/usr/bin/env node
/** podnet's process: streams, signals and the exit code; everything else is in run.ts. */
import { setMaxListeners } from 'node:events';
import { run } from './run.ts';

const abort = new AbortController();
// Every request that runs listens to it; Node 20 would warn of more than ten.
setMaxListeners(0, abort.signal);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // A second Ctrl-C ends the process at once: `once` gives the signal its default back.
  process.once(signal, () => abort.abort());
}

// Whoever read our output has gone (`podnet list | head -1`): there is nobody left to tell.
const onGone = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(2);
};
process.stdout.on('error', onGone);
process.stderr.on('error', onGone);

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  cwd: process.cwd(),
  env: process.env,
  signal: abort.signal,
});
