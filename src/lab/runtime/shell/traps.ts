import { ExitFlow } from './flow.ts';
import type { Shell } from './shell.ts';

/** Runs the traps of the signals that have come since the last command. */
export async function runPendingTraps(shell: Shell): Promise<void> {
  for (let signal = shell.pendingTraps.shift(); signal !== undefined; signal = shell.pendingTraps.shift()) {
    const action = shell.traps.get(signal);
    if (action === undefined || action === '') continue;
    const { lastStatus } = shell;
    await shell.evaluator.text(shell, action);
    shell.lastStatus = lastStatus;
  }
}

/** Runs the EXIT trap, once; what it exits with, if it does, is the shell's status. */
export async function runExitTrap(shell: Shell, status: number): Promise<number> {
  const action = shell.traps.get('EXIT');
  if (action === undefined || action === '') return status;
  shell.traps.delete('EXIT');
  shell.lastStatus = status;
  try {
    await shell.evaluator.text(shell, action);
  } catch (error) {
    if (error instanceof ExitFlow) return error.status;
    throw error;
  }
  return status;
}
