import type { Process } from '../system/process.ts';
import type { FileTree } from './inode.ts';

/** The processes of a container by pid, each with its folder in /proc for as long as it runs. */
export class ProcessTable extends Map<number, Process> {
  private readonly tree: FileTree;
  private readonly bootedAt = Date.now();

  constructor(tree: FileTree) {
    super();
    this.tree = tree;
  }

  override set(pid: number, process: Process): this {
    const add = (name: string, text: () => string): void =>
      this.tree.place(`/${pid}/${name}`, this.tree.generated(text));
    const terminated = (words: Iterable<string>): string => [...words].map((word) => `${word}\0`).join('');
    add('cmdline', () => terminated(process.argv));
    add('comm', () => `${commandName(process)}\n`);
    add('environ', () => terminated([...process.environment].map(([name, value]) => `${name}=${value}`)));
    add('stat', () => this.statOf(process));
    return super.set(pid, process);
  }

  override delete(pid: number): boolean {
    this.tree.root.entries.delete(String(pid));
    return super.delete(pid);
  }

  /** The first 24 fields of proc_pid_stat(5); what the lab does not count is 0. */
  private statOf({ pid, parent, group, session, startedAt, argv }: Process): string {
    const ticks = Math.max(0, Math.round((startedAt.getTime() - this.bootedAt) / 10));
    const before = [pid, `(${commandName({ argv })})`, 'S', parent, group, session, 0, -1, 0];
    return `${[...before, ...Array<number>(8).fill(0), 20, 0, 1, 0, ticks, 0, 0].join(' ')}\n`;
  }
}

/** As the kernel: the program's name, at most 15 characters. */
function commandName({ argv }: Pick<Process, 'argv'>): string {
  return (argv[0]?.split('/').at(-1) ?? '').slice(0, 15);
}
