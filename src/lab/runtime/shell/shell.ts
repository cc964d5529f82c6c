import type { Process } from '../system/process.ts';
import type { SignalName } from '../system/signals.ts';
import type { CommandNode, FunctionNode, ScriptNode } from './ast.ts';
import type { Flavour } from './flavour.ts';
import { Interrupted, ShellError } from './flow.ts';
import { Variables } from './variables.ts';

export interface ShellOptions {
  errexit: boolean;
  nounset: boolean;
  xtrace: boolean;
  noglob: boolean;
  noclobber: boolean;
  allexport: boolean;
  pipefail: boolean;
}

/** A background job. */
export interface Job {
  readonly number: number;
  readonly process: Process;
  readonly text: string;
  status: number | undefined;
}

/** What runs syntax trees; expansions and builtins come back to it. */
export interface Evaluator {
  /** Runs a parsed script in the shell itself; the result is its last status. */
  script(shell: Shell, script: ScriptNode): Promise<number>;
  /** Parses and runs text in the shell itself. */
  text(shell: Shell, source: string): Promise<number>;
  /** Runs a script in a subshell and returns what it printed, without the last line ends. */
  substitute(shell: Shell, script: ScriptNode): Promise<string>;
  /** Starts a script at the other end of a pipe, for `<(…)` and `>(…)`; the result is this end's descriptor. */
  substituteProcess(shell: Shell, script: ScriptNode, direction: 'input' | 'output'): number;
  /** Runs one command in the shell itself and reports its errors. */
  command(shell: Shell, node: CommandNode): Promise<number>;
  /** Runs a command given as words, as builtins like `command` and `exec` do. */
  words(shell: Shell, words: readonly string[], options: { functions: boolean }): Promise<number>;
  parse(source: string): Promise<ScriptNode>;
  /** Whether the shell itself has a command of the name. */
  isBuiltin(shell: Shell, name: string): boolean;
}

export interface ShellInit {
  readonly process: Process;
  readonly flavour: Flavour;
  readonly evaluator: Evaluator;
  readonly name: string;
  readonly positional: readonly string[];
  readonly interactive: boolean;
}

/** The state of one shell process. */
export class Shell {
  readonly process: Process;
  readonly flavour: Flavour;
  readonly evaluator: Evaluator;
  readonly interactive: boolean;
  readonly functions = new Map<string, FunctionNode>();
  readonly aliases = new Map<string, string>();
  readonly traps = new Map<SignalName | 'EXIT', string>();
  /** Signals that came and whose trap has not run yet. */
  readonly pendingTraps: SignalName[] = [];
  readonly jobs: Job[] = [];
  readonly startedAt = Date.now();
  readonly options: ShellOptions = {
    errexit: false,
    nounset: false,
    xtrace: false,
    noglob: false,
    noclobber: false,
    allexport: false,
    pipefail: false,
  };
  private interruption = new AbortController();
  private readonly trapListeners = new Set<() => void>();
  variables: Variables;
  /** Descriptors of process substitutions; the command that they were made for closes them. */
  substitutions: number[] = [];
  name: string;
  positional: string[];
  lastStatus = 0;
  /** The status of the last command substitution of the present command. */
  substituted: number | undefined;
  lastBackground: number | undefined;
  line = 1;
  loops = 0;
  calls = 0;
  /** While > 0, a failing command does not end a `set -e` shell. */
  conditions = 0;
  /** `$$`: a subshell shows its parent's. */
  readonly mainPid: number;

  constructor(init: ShellInit, mainPid = init.process.pid, variables?: Variables) {
    this.process = init.process;
    this.flavour = init.flavour;
    this.evaluator = init.evaluator;
    this.name = init.name;
    this.positional = [...init.positional];
    this.interactive = init.interactive;
    this.mainPid = mainPid;
    this.variables = variables ?? Variables.fromEnvironment(init.process.environment);
    if (variables === undefined) this.setUp();
  }

  /** The shell of a subshell process: everything copied, traps reset. */
  fork(process: Process): Shell {
    const { flavour, evaluator, name, positional } = this;
    const child = new Shell(
      { process, flavour, evaluator, name, positional, interactive: false },
      this.mainPid,
      this.variables.copy(),
    );
    for (const [key, value] of this.functions) child.functions.set(key, value);
    for (const [key, value] of this.aliases) child.aliases.set(key, value);
    Object.assign(child.options, this.options);
    child.lastStatus = this.lastStatus;
    child.lastBackground = this.lastBackground;
    child.line = this.line;
    child.loops = this.loops;
    child.conditions = this.conditions;
    return child;
  }

  /** Prints a message of the shell to standard error. */
  async complain(message: string): Promise<void> {
    await this.process.printError(
      `${this.flavour.prefix(this.name, this.line, this.interactive)}${message}\n`,
    );
  }

  /** The value of a variable or special parameter; undefined when it is not set. */
  get(name: string): string | undefined {
    switch (name) {
      case '?':
        return String(this.lastStatus);
      case '$':
        return String(this.mainPid);
      case '!':
        return this.lastBackground === undefined ? undefined : String(this.lastBackground);
      case '#':
        return String(this.positional.length);
      case '0':
        return this.name;
      case '-':
        return this.optionLetters();
      case '@':
      case '*':
        return this.positional.join(' ');
      case 'LINENO':
        return String(this.line);
      case 'PPID':
        return String(this.process.parent);
    }
    if (/^\d+$/.test(name)) return this.positional[Number(name) - 1];
    return this.variables.get(name) ?? (this.flavour.bashisms ? this.bashVariable(name) : undefined);
  }

  set(name: string, value: string): void {
    this.variables.set(name, value);
    if (this.options.allexport) this.variables.writable(name).exported = true;
  }

  /** The status of the present command's last command substitution, if it had one. */
  takeSubstituted(): number | undefined {
    return this.substituted;
  }

  /** Notes that a signal with a trap has come; the trap runs after the present command. */
  trapped(signal: SignalName): void {
    this.pendingTraps.push(signal);
    for (const listener of this.trapListeners) listener();
  }

  /** Calls the listener at each trapped signal, until the returned function is called. */
  onTrap(listener: () => void): () => void {
    this.trapListeners.add(listener);
    return () => this.trapListeners.delete(listener);
  }

  /** Ctrl-C at an interactive shell: what it runs itself stops at the next step, what it waits for at once. */
  interrupt(): void {
    this.interruption.abort(new Interrupted());
  }

  /** Aborts when the process is killed or the user interrupts. */
  get interruptible(): AbortSignal {
    return AbortSignal.any([this.process.signal, this.interruption.signal]);
  }

  /** @throws Interrupted */
  throwIfInterrupted(): void {
    this.process.signal.throwIfAborted();
    this.interruption.signal.throwIfAborted();
  }

  /** A new line is typed: interruptions up to now are over. */
  forgetInterruption(): void {
    this.interruption = new AbortController();
  }

  /** Field separators: `$IFS`, or blank, tab and newline when it is not set. */
  get separators(): string {
    return this.variables.get('IFS') ?? ' \t\n';
  }

  changeDirectory(path: string): void {
    const before = this.process.cwd;
    this.process.cwd = path;
    this.variables.set('OLDPWD', before);
    this.variables.set('PWD', path);
  }

  /** Deepest recursion that a function may reach before the shell gives up. */
  enterCall(): void {
    if (++this.calls > 500) {
      this.calls = 0;
      throw new ShellError('maximum function nesting level exceeded (500)', { fatal: true });
    }
  }

  private setUp(): void {
    this.variables.set('PWD', this.process.cwd);
    this.variables.set('OPTIND', '1');
    const level = Number(this.variables.get('SHLVL') ?? 0);
    const shlvl = this.variables.writable('SHLVL');
    shlvl.value = String((Number.isInteger(level) ? level : 0) + 1);
    shlvl.exported = true;
    const pwd = this.variables.find('PWD');
    if (pwd) pwd.exported = true;
  }

  private optionLetters(): string {
    const letters = {
      errexit: 'e',
      nounset: 'u',
      xtrace: 'x',
      noglob: 'f',
      noclobber: 'C',
      allexport: 'a',
    } as const;
    const set = (Object.keys(letters) as (keyof typeof letters)[]).filter((option) => this.options[option]);
    return `h${this.interactive ? 'i' : ''}${set.map((option) => letters[option]).join('')}B`;
  }

  private bashVariable(name: string): string | undefined {
    switch (name) {
      case 'RANDOM':
        return String(Math.floor(Math.random() * 32_768));
      case 'SECONDS':
        return String(Math.floor((Date.now() - this.startedAt) / 1000));
      case 'EPOCHSECONDS':
        return String(Math.floor(Date.now() / 1000));
      case 'EPOCHREALTIME':
        return (Date.now() / 1000).toFixed(6);
      case 'BASHPID':
        return String(this.process.pid);
      case 'BASH_VERSION':
        return '5.2.15(1)-release';
      case 'BASH':
        return '/bin/bash';
      case 'UID':
      case 'EUID':
        return String(this.process.who.uid);
      case 'HOSTNAME':
        return this.process.kernel.hostname;
      case 'OSTYPE':
        return 'linux-gnu';
      case 'IFS':
        return ' \t\n';
      default:
        return undefined;
    }
  }
}
