import type { CpOptions, FsStat, IFileSystem, MkdirOptions, RmOptions } from 'just-bash';
import { SystemError } from '../system/errors.ts';
import { absolute, type FileSystem } from './fileSystem.ts';
import type { Inode } from './inode.ts';

type Content = string | Uint8Array;
type Encoding = Parameters<IFileSystem['readFile']>[1];

/** A container's files in the shape in which just-bash's commands want them. */
export class JustBashFiles implements IFileSystem {
  private readonly files: FileSystem;

  constructor(files: FileSystem) {
    this.files = files;
  }

  readFile(path: string, options?: Encoding): Promise<string> {
    return attempt(() => Buffer.from(this.bytes(path)).toString(encodingOf(options)));
  }

  readFileBuffer(path: string): Promise<Uint8Array> {
    return attempt(() => this.bytes(path));
  }

  writeFile(
    path: string,
    content: Content,
    options?: Parameters<IFileSystem['writeFile']>[2],
  ): Promise<void> {
    return attempt(() => this.write(path, content, options, true));
  }

  appendFile(
    path: string,
    content: Content,
    options?: Parameters<IFileSystem['appendFile']>[2],
  ): Promise<void> {
    return attempt(() => this.write(path, content, options, false));
  }

  exists(path: string): Promise<boolean> {
    return attempt(() => this.files.find(path) !== undefined);
  }

  stat(path: string): Promise<FsStat> {
    return attempt(() => describe(this.files.stat(path)));
  }

  lstat(path: string): Promise<FsStat> {
    return attempt(() => describe(this.files.lstat(path)));
  }

  mkdir(path: string, options?: MkdirOptions): Promise<void> {
    return attempt(() => this.files.makeDirectory(path, options?.recursive === true));
  }

  readdir(path: string): Promise<string[]> {
    return attempt(() => this.files.list(path));
  }

  rm(path: string, options?: RmOptions): Promise<void> {
    return attempt(() => {
      if (options?.force === true && this.files.find(path, false) === undefined) return;
      if (options?.recursive === true) this.files.removeTree(path);
      else this.files.remove(path);
    });
  }

  cp(source: string, target: string, options?: CpOptions): Promise<void> {
    return attempt(() => this.copy(source, target, options?.recursive === true));
  }

  mv(source: string, target: string): Promise<void> {
    return attempt(() => {
      try {
        this.files.rename(source, target);
      } catch (error) {
        if (!(error instanceof SystemError) || error.code !== 'EXDEV') throw error;
        this.copy(source, target, true);
        this.files.removeTree(source);
      }
    });
  }

  resolvePath(base: string, path: string): string {
    return absolute(base, path);
  }

  getAllPaths(): string[] {
    // Only used for globs, which the lab's shell expands itself.
    return [];
  }

  chmod(path: string, mode: number): Promise<void> {
    return attempt(() => this.files.changeMode(path, mode));
  }

  symlink(target: string, path: string): Promise<void> {
    return attempt(() => this.files.makeLink(target, path));
  }

  link(existing: string, path: string): Promise<void> {
    return attempt(() => this.files.hardLink(existing, path));
  }

  readlink(path: string): Promise<string> {
    return attempt(() => {
      const node = this.files.lstat(path);
      if (node.type !== 'symlink') throw new SystemError('EINVAL', path);
      return node.target;
    });
  }

  realpath(path: string): Promise<string> {
    return attempt(() => this.files.realpath(path));
  }

  utimes(path: string, _accessed: Date, modified: Date): Promise<void> {
    return attempt(() => this.files.changeTime(path, modified));
  }

  private bytes(path: string): Uint8Array {
    const node = this.files.stat(path);
    // Reading /dev/null and the like as a whole gives nothing.
    return node.type === 'device' ? new Uint8Array(0) : this.files.readFile(path);
  }

  private write(path: string, content: Content, options: Encoding, truncate: boolean): void {
    if (this.files.find(path)?.type === 'device') return;
    const bytes = typeof content === 'string' ? Buffer.from(content, encodingOf(options)) : content;
    this.files.writeFile(path, bytes, { truncate });
  }

  private copy(source: string, target: string, recursive: boolean): void {
    const node = this.files.lstat(source);
    if (node.type === 'symlink') this.files.makeLink(node.target, target);
    else if (node.type !== 'directory') {
      this.files.writeFile(target, this.bytes(source));
      this.files.changeMode(target, node.mode);
    } else {
      if (!recursive) throw new SystemError('EISDIR', source);
      this.files.makeDirectory(target, true);
      for (const name of this.files.list(source)) this.copy(`${source}/${name}`, `${target}/${name}`, true);
    }
  }
}

function encodingOf(options: Encoding): BufferEncoding {
  const name = typeof options === 'string' ? options : (options?.encoding ?? 'utf8');
  return name;
}

function describe(node: Inode): FsStat {
  return {
    isFile: node.type === 'file' || node.type === 'device',
    isDirectory: node.type === 'directory',
    isSymbolicLink: node.type === 'symlink',
    mode: node.mode,
    size:
      node.type === 'file'
        ? node.content.size
        : node.type === 'symlink'
          ? node.target.length
          : node.type === 'directory'
            ? 4096
            : 0,
    mtime: node.mtime,
    ino: node.ino,
  };
}

/** Operations are synchronous; just-bash wants promises, also for what they throw. */
function attempt<T>(operation: () => T): Promise<T> {
  return new Promise((resolve) => resolve(operation()));
}
