import { HttpError } from '../network/httpClient.ts';
import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { readUrl } from './curl/transfer.ts';
import { dial, printNote } from './dial.ts';
import { headerOf, outputName, readWget, saveDocument, wgetRequest, type WgetCall } from './wget.ts';

/** busybox wget 1.37: status 1 for everything that goes wrong, told by its text. */
export async function busyboxWget(process: Process): Promise<number> {
  const calls = readWget(process);
  if (typeof calls === 'string') {
    await process.printError(
      `${calls}BusyBox v1.37.0 (practice lab) multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-T SEC] URL...\n`,
    );
    return 1;
  }
  if (calls.length === 0) {
    await process.printError(
      'BusyBox v1.37.0 (practice lab) multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-T SEC] URL...\n',
    );
    return 1;
  }
  for (const call of calls) {
    const status = await fetch(process, call);
    if (status !== 0) return status;
  }
  return 0;
}

async function fetch(process: Process, call: WgetCall): Promise<number> {
  const quiet = call.options.flags.has('quiet');
  let { target } = call;
  const fail = async (text: string, note?: string): Promise<number> => {
    await process.printError(`wget: ${text}\n`);
    await printNote(process, note);
    return 1;
  };
  for (let redirects = 0; redirects < 5; redirects++) {
    const dialled = await dial(process, {
      host: target.host,
      port: target.port,
      timeout: call.timeout,
      trying: async (address) => {
        const shown = address.includes(':') ? `[${address}]` : address;
        if (!quiet)
          await process.printError(
            `Connecting to ${target.authority.includes(':') ? target.authority : `${target.host}${target.port === 80 || target.port === 443 ? '' : `:${target.port}`}`} (${shown}:${target.port})\n`,
          );
      },
    });
    if (dialled.kind === 'unresolved') return fail(`bad address '${target.authority}'`, dialled.note);
    if (dialled.kind === 'timeout') return fail('download timed out', dialled.note);
    if (dialled.kind === 'failed')
      return fail(`can't connect to remote host (${dialled.address}): ${dialled.text}`, dialled.note);
    let response;
    try {
      response = await wgetRequest(process, { ...call, target }, dialled.connection, 'Wget');
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      const problem = error instanceof HttpError ? error.problem : 'reset';
      if (problem === 'tls')
        return fail(
          'TLS error from peer (alert code 70): protocol version\nwget: error getting response: Connection reset by peer',
        );
      if (problem === 'not-http' && error instanceof HttpError) {
        if (call.options.flags.has('server'))
          await process.printError(`  ${error.received.toString('latin1').split('\n', 1)[0] ?? ''}\n`);
        return fail('bad header line');
      }
      return fail(
        problem === 'empty'
          ? 'error getting response'
          : `error getting response: ${new SystemError('ECONNRESET').text}`,
      );
    }
    if (response === 'timeout') return fail('download timed out');
    if (call.options.flags.has('server')) {
      const lines = response.headers.map(([name, value]) => `  ${name}: ${value}\n`);
      await process.printError(
        `  ${response.version} ${response.status} ${response.reason}\n${lines.join('')}`,
      );
    }
    const location = headerOf(response, 'location');
    if (response.status >= 300 && response.status < 400 && location !== undefined) {
      target = readUrl(new URL(location, target.href).href);
      continue;
    }
    if (response.status >= 400)
      return fail(`server returned error: ${response.version} ${response.status} ${response.reason}`);
    if (call.options.flags.has('spider')) {
      if (!quiet) await process.printError('remote file exists\n');
      return 0;
    }
    const name = outputName(call);
    try {
      if (!quiet) await process.printError(name === '-' ? 'writing to stdout\n' : `saving to '${name}'\n`);
      await saveDocument(process, name, response.body);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      return fail(`can't open '${name}': ${error.text}`);
    }
    if (!quiet) {
      const label = (name === '-' ? '-' : (name.split('/').at(-1) ?? '')).slice(0, 20).padEnd(20);
      await process.printError(
        `${label} 100% |${'*'.repeat(32)}| ${String(response.body.length).padStart(5)}  0:00:00 ETA\n${name === '-' ? 'written to stdout' : `'${name}' saved`}\n`,
      );
    }
    return 0;
  }
  return fail('too many redirections');
}
