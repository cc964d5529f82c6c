import { Readable, Writable } from 'node:stream';
import type { Io } from '../../../src/cli/verb.ts';

/** An Io that keeps what is written. */
export function ioOf(options: { readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal } = {}): {
  readonly io: Io;
  readonly out: () => string;
  readonly err: () => string;
} {
  const sink = (): { stream: Writable; text: () => string } => {
    let text = '';
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    return { stream, text: () => text };
  };
  const [stdout, stderr] = [sink(), sink()];
  return {
    io: {
      stdout: stdout.stream,
      stderr: stderr.stream,
      stdin: Readable.from([]),
      cwd: process.cwd(),
      env: options.env ?? {},
      signal: options.signal ?? new AbortController().signal,
    },
    out: stdout.text,
    err: stderr.text,
  };
}
