import type { Process } from '../system/process.ts';
import { unlessAborted } from '../system/wait.ts';

/** Serves until the process is told to end, then closes the listeners. TERM and QUIT end it with status 0. */
export async function serveUntilEnd(
  process: Process,
  listeners: readonly { close: () => void }[],
): Promise<number> {
  try {
    await unlessAborted(
      new Promise<void>((resolve) => {
        for (const signal of ['TERM', 'QUIT', 'INT'] as const) process.handlers.set(signal, resolve);
      }),
      process.signal,
    );
    return 0;
  } finally {
    for (const listener of listeners) listener.close();
  }
}

/** Writes to a server's log. A log that cannot be written, since the container is ending, ends nothing else. */
export function logLine(process: Process, descriptor: 1 | 2, text: string): void {
  process.write(descriptor, text).catch((error: unknown) => {
    if (process.running) throw error;
  });
}
