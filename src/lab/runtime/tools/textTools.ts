import type { Bash } from 'just-bash';
import { JustBashFiles } from '../fs/justBashFiles.ts';
import { Descriptor, DescriptorTable } from '../system/descriptors.ts';
import { withErrorTexts } from '../system/errors.ts';
import type { Kernel, Program } from '../system/kernel.ts';
import { openText } from '../system/openFiles.ts';
import { Pipe } from '../system/pipe.ts';
import type { Process } from '../system/process.ts';
import { unlessAborted } from '../system/wait.ts';

/** The programs that just-bash's own commands make up: they read all input, work, and print all output. */
const names = [
  'awk',
  'base64',
  'basename',
  'chmod',
  'column',
  'comm',
  'cp',
  'cut',
  'date',
  'diff',
  'dirname',
  'du',
  'egrep',
  'expand',
  'expr',
  'fgrep',
  'file',
  'find',
  'fold',
  'grep',
  'gunzip',
  'gzip',
  'join',
  'jq',
  'ln',
  'md5sum',
  'mkdir',
  'mv',
  'nl',
  'od',
  'paste',
  'readlink',
  'rev',
  'rm',
  'rmdir',
  'sed',
  'seq',
  'sha1sum',
  'sha256sum',
  'sort',
  'split',
  'stat',
  'strings',
  'tac',
  'tar',
  'touch',
  'tree',
  'unexpand',
  'uniq',
  'wc',
  'zcat',
] as const;

/** Inputs are bounded: these programs hold them in memory. */
const mostInput = 32 * 1024 * 1024;

/** Programs of coreutils, grep, sed, awk and the like, by name. */
export function textTools(): Map<string, Program> {
  const interpreters = new WeakMap<Kernel, Map<string, Promise<Bash>>>();
  return new Map(names.map((name) => [name, (process) => run(name, process, interpreters)]));
}

async function run(
  name: string,
  process: Process,
  interpreters: WeakMap<Kernel, Map<string, Promise<Bash>>>,
): Promise<number> {
  const bash = await interpreterFor(process, interpreters);
  const args = await Promise.all(process.argv.slice(1).map((word) => ownDescriptor(process, word)));
  const cwd = name === 'tar' ? await relativeMembers(process, args) : process.cwd;
  const input = readsInput(name, args) ? await process.readAll(0, mostInput) : Buffer.alloc(0);
  const result = await unlessAborted(
    bash.exec(name, {
      args,
      cwd,
      replaceEnv: true,
      env: Object.fromEntries(process.environment),
      stdin: input.toString('latin1'),
      stdinKind: 'bytes',
      signal: process.signal,
    }),
    process.signal,
  );
  for (const path of args.filter((word) => word.startsWith('/dev/shm/.fd-')))
    process.kernel.files.remove(path);
  const bytes = result.stdoutKind === 'bytes' || result.stdoutEncoding === 'binary';
  if (result.stderr !== '') await process.printError(withErrorTexts(result.stderr));
  if (result.stdout !== '')
    await process.write(1, bytes ? Buffer.from(result.stdout, 'latin1') : result.stdout);
  return result.exitCode;
}

/** tar leaves the leading slash of members out: absolute operands become relative ones, seen from the root. */
async function relativeMembers(process: Process, args: string[]): Promise<string> {
  const creates = /^-?[a-zA-Z]*c/.test(args[0] ?? '');
  const members = args.flatMap((word, index) =>
    index > 0 &&
    word.startsWith('/') &&
    !/^-\w*[fC]$/.test(args[index - 1] ?? '') &&
    !(index === 1 && (args[0] ?? '').endsWith('f'))
      ? [index]
      : [],
  );
  if (!creates || members.length === 0 || args.includes('-C')) return process.cwd;
  await process.printError("tar: Removing leading `/' from member names\n");
  for (const index of members) args[index] = (args[index] ?? '').replace(/^\/+/, '') || '.';
  return '/';
}

/** `<(…)` names a descriptor of the process; these programs read files by name, so they get one. */
async function ownDescriptor(process: Process, word: string): Promise<string> {
  const number = /^\/dev\/fd\/(\d+)$/.exec(word)?.[1];
  if (number === undefined || !process.descriptors.has(Number(number))) return word;
  const path = `/dev/shm/.fd-${process.pid}-${number}`;
  process.kernel.files.writeFile(path, await process.readAll(Number(number), mostInput));
  process.kernel.files.changeMode(path, 0o644);
  return path;
}

const pathsOnly = new Set([
  'basename',
  'chmod',
  'cp',
  'date',
  'dirname',
  'du',
  'expr',
  'file',
  'find',
  'ln',
  'mkdir',
  'mv',
  'readlink',
  'rm',
  'rmdir',
  'seq',
  'stat',
  'touch',
  'tree',
]);

/** Whether a program looks at its input at all: those that do not must leave it to others. */
function readsInput(name: string, args: readonly string[]): boolean {
  if (pathsOnly.has(name)) return false;
  const operands = args.filter((word) => !word.startsWith('-'));
  if (args.includes('-') && name !== 'tar') return true;
  switch (name) {
    case 'grep':
    case 'egrep':
    case 'fgrep':
      return (
        !args.some((word) => /^-[a-zA-Z]*[rR]/.test(word)) &&
        operands.length < (args.some((word) => /^-[ef]/.test(word)) ? 2 : 2)
      );
    case 'sed':
    case 'awk':
    case 'jq':
      return operands.length < 2;
    case 'tar':
      return (
        /^-?\w*[xt]/.test(args[0] ?? '') &&
        (args.includes('-') || !args.some((word) => /^-?[a-zA-Z]*f/.test(word)))
      );
    default:
      return operands.length === 0 || name === 'split' || args.some((word) => /^-[nkdfcw]$/.test(word));
  }
}

async function interpreterFor(
  process: Process,
  interpreters: WeakMap<Kernel, Map<string, Promise<Bash>>>,
): Promise<Bash> {
  let byUser = interpreters.get(process.kernel);
  if (byUser === undefined) {
    byUser = new Map();
    interpreters.set(process.kernel, byUser);
  }
  const key = `${process.who.uid}:${process.who.gid}`;
  const bash = byUser.get(key) ?? create(process);
  byUser.set(key, bash);
  return bash;
}

async function create(process: Process): Promise<Bash> {
  const { Bash } = await import('just-bash');
  const { kernel, who } = process;
  return new Bash({
    fs: new JustBashFiles(kernel.files.as(who)),
    cwd: '/',
    env: {},
    commands: [...names],
    // `find -exec` and awk's `system` run the container's other programs through this.
    customCommands: [...kernel.programs.keys()]
      .filter((name) => !(names as readonly string[]).includes(name) && /^[a-z][\w.-]*$/.test(name))
      .map((name) => ({
        name,
        execute: async (args: string[], context) => {
          const result = await runCollected(
            kernel,
            who,
            [name, ...args],
            context.cwd,
            context.exportedEnv ?? {},
          );
          return { ...result, stdoutKind: 'bytes' as const };
        },
      })),
    executionLimits: { maxExecutionTimeMs: 60_000, maxFileSystemBytes: Number.MAX_SAFE_INTEGER },
    defenseInDepth: false,
    processInfo: { pid: 1, uid: who.uid, gid: who.gid },
  });
}

async function runCollected(
  kernel: Kernel,
  who: Process['who'],
  argv: readonly string[],
  cwd: string,
  environment: Record<string, string>,
): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const output = new Pipe();
  const errors = new Pipe();
  const descriptors = new DescriptorTable();
  descriptors.set(0, new Descriptor(openText('')));
  descriptors.set(1, new Descriptor(output.input));
  descriptors.set(2, new Descriptor(errors.input));
  const starter = [...kernel.processes.values()][0];
  if (starter === undefined) return { stdout: '', stderr: 'no running process\n', exitCode: 126 };
  const child = starter.spawn(argv, {
    cwd,
    environment: new Map(Object.entries(environment)),
    who,
    descriptors,
  });
  const [stdout, stderr] = await Promise.all([drain(output), drain(errors)]);
  return { stdout: stdout.toString('latin1'), stderr: stderr.toString(), exitCode: await child.exited };
}

async function drain(pipe: Pipe): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const never = new AbortController().signal;
  for (;;) {
    const bytes = await pipe.read(65_536, never);
    if (bytes.length === 0) return Buffer.concat(chunks);
    chunks.push(bytes);
  }
}
