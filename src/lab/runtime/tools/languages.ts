import { SystemError } from '../system/errors.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { serveDirectory } from '../servers/staticServer.ts';
import { dial, type Dialled } from './dial.ts';
import { runStepProbe, type StepProbe } from './stepProbe.ts';

/**
 * perl and python are not interpreted. What they are used for in a network test is recognised by its text and done
 * by the lab: the step scripts of Pod Network Explorer, the usual one-liners, python's file server.
 */
export const languages: Readonly<Record<string, Program>> = { perl, python3, python: python3, node };

const onlyProbes = (name: string): string =>
  `${name}: the practice lab's ${name} only runs connection tests; other programs are not interpreted.\n`;

/** The arguments behind `-e TEXT` or `-c TEXT`, and the text. */
function inlineScript(
  args: readonly string[],
  option: string,
): { script: string; args: readonly string[]; modules: string } | undefined {
  const index = args.findIndex((word) => word === option || (option === '-e' && /^-[a-z]*e$/.test(word)));
  const script = args[index + 1];
  if (index === -1 || script === undefined) return undefined;
  return { script, args: args.slice(index + 2), modules: args.slice(0, index).join(' ') };
}

function stepProbe(
  [host = '', port = '', scheme = 'tcp', path = '/', connect = '3', total = '5']: readonly string[],
  tls: boolean,
): StepProbe {
  return {
    host,
    port: Number(port),
    scheme,
    path,
    connectSeconds: Number(connect),
    totalSeconds: Number(total),
    tls,
  };
}

async function perl(process: Process): Promise<number> {
  const args = process.argv.slice(1);
  if (args.some((word) => word === '-v' || word === '--version')) {
    await process.print(
      '\nThis is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux-gnu (practice lab)\n',
    );
    return 0;
  }
  const inline = inlineScript(args, '-e');
  if (inline && /print\s+'resolved '/.test(inline.script) && inline.script.includes('failed $step')) {
    return runStepProbe(process, stepProbe(inline.args, false));
  }
  const socketModule = /IO::Socket::(INET|IP)/.exec(`${inline?.modules ?? ''} ${inline?.script ?? ''}`);
  if (inline && socketModule && inline.script.includes('PeerAddr')) {
    const [host = '', port = ''] = inline.args;
    const literalHost = /PeerAddr\s*=>\s*['"]([^'"$]+)['"]/.exec(inline.script)?.[1] ?? host;
    const literalPort = /PeerPort\s*=>\s*['"]?(\d+)/.exec(inline.script)?.[1] ?? port;
    const seconds = Number(/Timeout\s*=>\s*(\d+)/.exec(inline.script)?.[1] ?? Number.POSITIVE_INFINITY);
    const dialled = await dial(process, {
      host: literalHost,
      port: Number(literalPort),
      timeout: seconds * 1000,
    });
    const ok = dialled.kind === 'connected';
    if (ok) dialled.connection.destroy();
    await process.print(
      ok
        ? (/\?\s*["'](\w+)["']/.exec(inline.script)?.[1] ?? 'OK')
        : `IO::Socket::${socketModule[1] ?? 'INET'}: ${perlProblem(dialled)}`,
    );
    return 0;
  }
  await process.printError(onlyProbes('perl'));
  return 2;
}

function perlProblem(dialled: Exclude<Dialled, { kind: 'connected' }>): string {
  if (dialled.kind === 'unresolved') return `Bad hostname '${dialled.text}'`;
  return dialled.kind === 'timeout' ? 'connect: timeout' : `connect: ${dialled.text}`;
}

async function python3(process: Process): Promise<number> {
  const args = process.argv.slice(1);
  if (args.some((word) => word === '-V' || word === '--version')) {
    await process.print('Python 3.11.2\n');
    return 0;
  }
  const module = args.indexOf('-m');
  if (module !== -1 && args[module + 1] === 'http.server') return httpServer(process, args.slice(module + 2));
  const inline = inlineScript(args, '-c');
  if (inline?.script.includes("say('resolved', since())"))
    return runStepProbe(process, stepProbe(inline.args, true));
  const call =
    inline &&
    /(?:create_connection|connect)\(\(\s*(['"])(.+?)\1\s*,\s*(\d+)\s*\)(?:\s*,\s*(?:timeout\s*=\s*)?([\d.]+))?/.exec(
      inline.script,
    );
  const byArguments =
    inline &&
    /(?:create_connection|connect)\(\(\s*sys\.argv\[1\]\s*,\s*int\(sys\.argv\[2\]\)\s*\)(?:\s*,\s*(?:timeout\s*=\s*)?([\d.]+))?/.exec(
      inline.script,
    );
  if (inline && (call ?? byArguments)) {
    const host = call?.[2] ?? inline.args[0] ?? '';
    const port = Number(call?.[3] ?? inline.args[1]);
    const seconds = Number(
      call?.[4] ??
        byArguments?.[1] ??
        /settimeout\(([\d.]+)\)/.exec(inline.script)?.[1] ??
        Number.POSITIVE_INFINITY,
    );
    return pythonConnect(process, inline.script, host, port, seconds);
  }
  await process.printError(onlyProbes('python3'));
  return 2;
}

async function pythonConnect(
  process: Process,
  script: string,
  host: string,
  port: number,
  seconds: number,
): Promise<number> {
  const dialled = await dial(process, { host, port, timeout: seconds * 1000 });
  if (dialled.kind === 'connected') {
    dialled.connection.destroy();
    const printed = /print\((['"])(.*?)\1\)/.exec(script)?.[2];
    if (printed !== undefined) await process.print(`${printed}\n`);
    return 0;
  }
  const said =
    dialled.kind === 'timeout'
      ? 'TimeoutError: timed out'
      : dialled.kind === 'unresolved'
        ? `socket.gaierror: [Errno ${dialled.timedOut ? -3 : -2}] ${dialled.text}`
        : dialled.code === 'ECONNREFUSED'
          ? `ConnectionRefusedError: [Errno 111] ${dialled.text}`
          : `OSError: [Errno 113] ${dialled.text}`;
  await process.printError(
    `Traceback (most recent call last):\n  File "<string>", line 1, in <module>\n${said}\n`,
  );
  return 1;
}

async function httpServer(process: Process, args: readonly string[]): Promise<number> {
  const value = (...names: string[]): string | undefined => {
    const index = args.findIndex((word) => names.includes(word));
    return index === -1 ? undefined : args[index + 1];
  };
  const port = Number(
    args.find(
      (word, index) => /^\d+$/.test(word) && !/^-(b|d)$|^--(bind|directory)$/.test(args[index - 1] ?? ''),
    ) ?? 8000,
  );
  const address = value('-b', '--bind') ?? '0.0.0.0';
  const directory = process.absolute(value('-d', '--directory') ?? '.');
  try {
    return await serveDirectory(process, {
      port,
      address,
      directory,
      name: 'SimpleHTTP/0.6 Python/3.11.2',
      program: 'python3',
      greeting: `Serving HTTP on ${address} port ${port} (http://${address}:${port}/) ...\n`,
    });
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'EADDRINUSE') throw error;
    await process.printError(`Traceback (most recent call last):\nOSError: [Errno 98] ${error.text}\n`);
    return 1;
  }
}

async function node(process: Process): Promise<number> {
  if (process.argv.some((word) => word === '-v' || word === '--version')) {
    await process.print('v22.18.0\n');
    return 0;
  }
  await process.printError(onlyProbes('node'));
  return 2;
}
