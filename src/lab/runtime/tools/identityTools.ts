import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { which } from '../system/executable.ts';
import { echo } from '../shell/builtins/output.ts';
import { formatPrintf } from '../shell/printf.ts';

/** Small programs that say who and where a process is, and those that are builtins of most shells too. */
export const identityTools: Readonly<Record<string, Program>> = {
  true: () => Promise.resolve(0),
  false: () => Promise.resolve(1),
  sync: () => Promise.resolve(0),
  stty: () => Promise.resolve(0),
  clear: async (process) => {
    await process.print('\u001b[H\u001b[2J\u001b[3J');
    return 0;
  },
  echo: async (process) => {
    await process.print(echo(process.argv.slice(1), 'bash'));
    return 0;
  },
  printf: async (process) => {
    const [format = '', ...values] = process.argv.slice(1);
    const { text, errors } = formatPrintf(format, values);
    for (const error of errors) await process.printError(`printf: ${error}\n`);
    await process.print(text);
    return errors.length > 0 ? 1 : 0;
  },
  pwd: async (process) => {
    await process.print(`${process.cwd}\n`);
    return 0;
  },
  printenv,
  id,
  whoami: async (process) => {
    await process.print(`${process.kernel.userName(process.who.uid)}\n`);
    return 0;
  },
  hostname,
  uname,
  nproc: async (process) => {
    await process.print('2\n');
    return 0;
  },
  tty: async (process) => {
    const terminal = process.file(0).kind === 'terminal';
    await process.print(terminal ? '/dev/pts/0\n' : 'not a tty\n');
    return terminal ? 0 : 1;
  },
  which: whichProgram,
};

async function printenv(process: Process): Promise<number> {
  const names = process.argv.slice(1);
  if (names.length === 0) {
    await process.print([...process.environment].map(([name, value]) => `${name}=${value}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const value = process.environment.get(name);
    if (value === undefined) status = 1;
    else await process.print(`${value}\n`);
  }
  return status;
}

async function id(process: Process): Promise<number> {
  const { uid, gid } = process.who;
  const letters = process.argv.slice(1).join('').replaceAll('-', '');
  const user = process.kernel.userName(uid);
  const group = groupName(process, gid);
  const named = (number: number, name: string): string =>
    name === String(number) ? String(number) : `${number}(${name})`;
  let text = `uid=${named(uid, user)} gid=${named(gid, group)} groups=${named(gid, group)}`;
  if (letters.includes('u')) text = letters.includes('n') ? user : String(uid);
  else if (letters.includes('g') || letters.includes('G')) text = letters.includes('n') ? group : String(gid);
  await process.print(`${text}\n`);
  return 0;
}

function groupName(process: Process, gid: number): string {
  const groups = Buffer.from(process.kernel.files.readFile('/etc/group')).toString();
  const entry = groups
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , number]) => number === String(gid));
  return entry?.[0] ?? String(gid);
}

async function hostname(process: Process): Promise<number> {
  const [option = ''] = process.argv.slice(1);
  const { kernel } = process;
  switch (option) {
    case '':
    case '-s':
      await process.print(`${kernel.hostname}\n`);
      return 0;
    case '-i':
    case '-I':
    case '--ip-address':
    case '--all-ip-addresses':
      await process.print(`${kernel.network.addresses().join(' ')}${option === '-I' ? ' ' : ''}\n`);
      return 0;
    case '-f':
    case '--fqdn': {
      const hosts = Buffer.from(process.files.readFile('/etc/hosts')).toString();
      const line = hosts
        .split('\n')
        .map((text) => text.trim().split(/\s+/))
        .find((words) => words.includes(kernel.hostname));
      await process.print(`${line?.[1] ?? kernel.hostname}\n`);
      return 0;
    }
    case '-d':
      return 0;
    default:
      await process.printError('hostname: you must be root to change the host name\n');
      return 1;
  }
}

async function uname(process: Process): Promise<number> {
  const letters = process.argv.slice(1).join('').replaceAll('-', '');
  const parts: readonly (readonly [letter: string, text: string])[] = [
    ['s', 'Linux'],
    ['n', process.kernel.hostname],
    ['r', '6.1.0-practice-lab'],
    ['v', '#1 SMP practice lab (simulated)'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ];
  const all = letters.includes('a');
  const shown = parts.filter(([letter]) => all || letters.includes(letter));
  await process.print(
    `${(shown.length > 0 ? shown : parts.slice(0, 1)).map(([, text]) => text).join(' ')}\n`,
  );
  return 0;
}

async function whichProgram(process: Process): Promise<number> {
  let status = 0;
  for (const name of process.argv.slice(1).filter((word) => !word.startsWith('-'))) {
    const path = which(name, process.files, process.cwd, process.environment.get('PATH'));
    if (path === undefined) status = 1;
    else await process.print(`${path}\n`);
  }
  return process.argv.length > 1 ? status : 1;
}
