import { ShellError } from './flow.ts';
import type { Shell } from './shell.ts';

/** `-f path`, `-n text` and the other tests of one operand. */
export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  const { files } = shell.process;
  const path = shell.process.absolute(operand);
  const node = operand === '' ? undefined : files.find(path, operator !== '-h' && operator !== '-L');
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-e':
    case '-a':
      return node !== undefined;
    case '-f':
      return node?.type === 'file';
    case '-d':
      return node?.type === 'directory';
    case '-h':
    case '-L':
      return node?.type === 'symlink';
    case '-c':
      return node?.type === 'device';
    case '-s':
      return node?.type === 'directory' || (node?.type === 'file' && node.content.size > 0);
    case '-r':
      return node !== undefined && files.permits(path, 'read');
    case '-w':
      return node !== undefined && files.permits(path, 'write');
    case '-x':
      return node !== undefined && files.permits(path, 'execute');
    case '-O':
      return node?.uid === shell.process.who.uid;
    case '-G':
      return node?.gid === shell.process.who.gid;
    case '-t': {
      const { descriptors } = shell.process;
      return descriptors.has(Number(operand)) && descriptors.get(Number(operand)).file.kind === 'terminal';
    }
    case '-v':
      return shell.get(operand) !== undefined;
    case '-o':
      return operand in shell.options && shell.options[operand as keyof typeof shell.options];
    default:
      // Pipes, sockets, block devices and set-id bits do not occur in the lab's file systems.
      return false;
  }
}

/** `a = b`, `a -lt b`, `f -nt g` and the other tests of two operands. @throws ShellError on what is no number */
export function binaryTest(shell: Shell, left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-nt':
    case '-ot': {
      const [a, b] = [left, right].map((name) =>
        shell.process.files.find(shell.process.absolute(name))?.mtime.getTime(),
      );
      const [first, second] = operator === '-nt' ? [a, b] : [b, a];
      return first !== undefined && (second === undefined || first > second);
    }
    case '-ef': {
      const [a, b] = [left, right].map((name) => shell.process.files.find(shell.process.absolute(name)));
      return a !== undefined && a === b;
    }
  }
  const a = integer(shell, left);
  const b = integer(shell, right);
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    case '-ge':
      return a >= b;
    default:
      throw new ShellError(`test: ${operator}: binary operator expected`, { status: 2 });
  }
}

function integer(shell: Shell, text: string): number {
  if (/^\s*[-+]?\d+\s*$/.test(text)) return Number(text);
  const said = {
    bash: `[: ${text}: integer expression expected`,
    dash: `[: Illegal number: ${text}`,
    busybox: `${text}: bad number`,
  };
  throw new ShellError(said[shell.flavour.name], { status: 2 });
}

const unary = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const binary = /^(=|==|!=|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

/** `[ … ]`: the grammar of POSIX `test`, decided by the number of words first. */
export function test(shell: Shell, words: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = words;
  switch (words.length) {
    case 0:
      return false;
    case 1:
      return first !== '';
    case 2:
      if (first === '!') return second === '';
      if (unary.test(first)) return unaryTest(shell, first, second);
      throw new ShellError(`[: ${first}: unary operator expected`, { status: 2 });
    case 3:
      if (binary.test(second)) return binaryTest(shell, first, second, third);
      if (second === '-a') return first !== '' && third !== '';
      if (second === '-o') return first !== '' || third !== '';
      if (first === '!') return !test(shell, words.slice(1));
      if (first === '(' && third === ')') return second !== '';
      throw new ShellError(`[: ${second}: binary operator expected`, { status: 2 });
    default:
      if (words.length === 4 && first === '!') return !test(shell, words.slice(1));
      return new TestParser(shell, words).parse();
  }
}

class TestParser {
  private readonly shell: Shell;
  private readonly words: readonly string[];
  private at = 0;

  constructor(shell: Shell, words: readonly string[]) {
    this.shell = shell;
    this.words = words;
  }

  parse(): boolean {
    const result = this.or();
    if (this.at < this.words.length) throw new ShellError('[: too many arguments', { status: 2 });
    return result;
  }

  private or(): boolean {
    let result = this.and();
    while (this.words[this.at] === '-o') {
      this.at++;
      const right = this.and();
      result ||= right;
    }
    return result;
  }

  private and(): boolean {
    let result = this.primary();
    while (this.words[this.at] === '-a') {
      this.at++;
      const right = this.primary();
      result &&= right;
    }
    return result;
  }

  private primary(): boolean {
    const word = this.words[this.at++];
    if (word === undefined) throw new ShellError('[: argument expected', { status: 2 });
    if (word === '!') return !this.primary();
    if (word === '(') {
      const result = this.or();
      if (this.words[this.at++] !== ')') throw new ShellError("[: `)' expected", { status: 2 });
      return result;
    }
    const operator = this.words[this.at];
    const right = this.words[this.at + 1];
    if (operator !== undefined && right !== undefined && binary.test(operator)) {
      this.at += 2;
      return binaryTest(this.shell, word, operator, right);
    }
    if (unary.test(word) && operator !== undefined) {
      this.at++;
      return unaryTest(this.shell, word, operator);
    }
    return word !== '';
  }
}
