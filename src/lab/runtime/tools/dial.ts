import type { Connection } from '../network/connection.ts';
import { isOutside } from '../network/addresses.ts';
import { resolveHost } from '../network/resolver.ts';
import { SystemError, type ErrorCode } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { Deadline } from '../system/wait.ts';

export type Dialled =
  | { readonly kind: 'connected'; readonly connection: Connection; readonly address: string }
  | {
      readonly kind: 'unresolved';
      readonly text: string;
      readonly timedOut: boolean;
      readonly note: string | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly address: string;
      readonly code: ErrorCode;
      readonly text: string;
      readonly note: string | undefined;
    }
  | { readonly kind: 'timeout'; readonly address: string; readonly note: string | undefined };

export interface DialOptions {
  readonly host: string;
  readonly port: number;
  /** Milliseconds for the connection; infinite leaves it to the system. */
  readonly timeout: number;
  readonly family?: 0 | 4 | 6;
  /** Told of each address before it is tried. */
  readonly trying?: (address: string) => Promise<void>;
}

/** Resolves a name and connects to the first of its addresses that answers. Rejects only when the process is killed. */
export async function dial(process: Process, options: DialOptions): Promise<Dialled> {
  const resolved = await resolveHost(process, options.host, options.family ?? 0);
  if (resolved.kind !== 'found') {
    return {
      kind: 'unresolved',
      text: resolved.text,
      timedOut: resolved.kind === 'again',
      note: resolved.note,
    };
  }
  let failure: Dialled | undefined;
  for (const address of resolved.addresses) {
    await options.trying?.(address);
    const note = isOutside(address)
      ? `practice lab: ${address} is outside of the lab, which has no internet.`
      : undefined;
    const limit = new Deadline(options.timeout, process.signal);
    try {
      return {
        kind: 'connected',
        connection: await process.kernel.network.connect(address, options.port, limit.signal),
        address,
      };
    } catch (error) {
      if (process.signal.aborted) throw error;
      if (limit.expired) failure = { kind: 'timeout', address, note };
      else if (error instanceof SystemError)
        failure = { kind: 'failed', address, code: error.code, text: error.text, note };
      else throw error;
    } finally {
      limit.end();
    }
  }
  return (
    failure ?? {
      kind: 'unresolved',
      text: 'No address associated with hostname',
      timedOut: false,
      note: undefined,
    }
  );
}

/** Prints the lab's own word about something outside of it, after what the tool says. */
export async function printNote(process: Process, note: string | undefined): Promise<void> {
  if (note !== undefined) await process.printError(`${note}\n`);
}
