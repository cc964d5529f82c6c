import { httpRequest, HttpError, type HttpResponse } from '../network/httpClient.ts';
import { resolveHost } from '../network/resolver.ts';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { Deadline } from '../system/wait.ts';

/** A connection test as perl and python scripts make it: `host port scheme path connect total`. */
export interface StepProbe {
  readonly host: string;
  readonly port: number;
  readonly scheme: string;
  readonly path: string;
  readonly connectSeconds: number;
  readonly totalSeconds: number;
  /** Whether the language speaks TLS; perl-base does not. */
  readonly tls: boolean;
}

/** The exit code of a process that SIGALRM ended. */
const alarmed = 142;

/**
 * Runs a connection test and prints a line for each step: `resolved T`, `connected T ADDRESS`, `secured T`,
 * `answer LINE`, `done T`, or `failed STEP ERRNO TEXT`.
 */
export async function runStepProbe(process: Process, probe: StepProbe): Promise<number> {
  const begin = performance.now();
  const since = (): string => ((performance.now() - begin) / 1000).toFixed(6);
  const total = new Deadline(probe.totalSeconds * 1000, process.signal);
  const { signal } = total;
  const fail = async (step: string, name: string, text: string): Promise<number> => {
    await process.print(`failed ${step} ${name} ${text}\n`);
    return 1;
  };
  try {
    const found = await Promise.race([resolveHost(process, probe.host), rejected(signal)]);
    if (found.kind !== 'found')
      return await fail('dns', found.kind === 'again' ? 'EAI_AGAIN' : 'EAI_NONAME', found.text);
    await process.print(`resolved ${since()}\n`);
    const [address = ''] = found.addresses;
    const connecting = new Deadline(probe.connectSeconds * 1000, signal);
    let connection;
    try {
      connection = await process.kernel.network.connect(address, probe.port, connecting.signal);
    } catch (error) {
      if (connecting.expired) return await fail('connect', 'ETIMEDOUT', new SystemError('ETIMEDOUT').text);
      if (!(error instanceof SystemError)) throw error;
      return await fail('connect', error.code, error.text);
    }
    await process.print(`connected ${since()} ${address}\n`);
    const asks = probe.scheme === 'http' || (probe.scheme === 'https' && probe.tls);
    if (!asks) {
      connection.destroy();
      await process.print(`done ${since()}\n`);
      return 0;
    }
    const secure = probe.scheme === 'https';
    const answer = await ask(connection, probe, secure, signal);
    if (answer instanceof HttpError) {
      if (answer.problem === 'tls' || (secure && answer.problem === 'reset'))
        return await fail(
          'tls',
          'SSLError',
          '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)',
        );
      if (answer.problem === 'reset')
        return await fail('answer', 'ECONNRESET', new SystemError('ECONNRESET').text);
      await process.print(
        `answer ${printable(answer.received.toString('latin1').split('\n', 1)[0] ?? '')}\ndone ${since()}\n`,
      );
      return 0;
    }
    if (secure) await process.print(`secured ${since()}\n`);
    await process.print(`answer ${answer.version} ${answer.status} ${answer.reason}\ndone ${since()}\n`);
    return 0;
  } catch (error) {
    if (total.expired) return alarmed;
    throw error;
  } finally {
    total.end();
  }
}

async function ask(
  connection: Parameters<typeof httpRequest>[0],
  probe: StepProbe,
  tls: boolean,
  signal: AbortSignal,
): Promise<HttpResponse | HttpError> {
  const where = probe.host.includes(':') ? `[${probe.host}]` : probe.host;
  try {
    return await httpRequest(connection, {
      method: 'GET',
      path: probe.path,
      headers: { Host: `${where}:${probe.port}`, Connection: 'close' },
      tls,
      signal,
    });
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
}

function printable(text: string): string {
  return text
    .trim()
    .slice(0, 200)
    .replace(/[^ -~]/g, '?');
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
