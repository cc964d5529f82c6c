import { existsSync, realpathSync, statSync, unwatchFile, watch, watchFile, type FSWatcher } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../base/errors.ts';
import type { Disposable } from '../../base/event.ts';

/** How often a file is looked at where the system cannot watch folders (inotify's limit, some network mounts). */
const pollMs = 5_000;

/**
 * Calls back, debounced, after one of the files was written, replaced, created or removed. Watches folders, since
 * most writers replace the file; a folder that does not exist yet is waited for in its nearest ancestor.
 */
export class FileWatch implements Disposable {
  readonly #files: readonly string[];
  readonly #onChange: () => void;
  readonly #debounceMs: number;
  #watchers: FSWatcher[] = [];
  #polled: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #seen: string;
  #disposed = false;

  constructor(files: readonly string[], onChange: () => void, debounceMs: number) {
    this.#files = files;
    this.#onChange = onChange;
    this.#debounceMs = debounceMs;
    this.#arm();
    this.#seen = this.#signature();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#disarm();
  }

  #arm(): void {
    const folders = new Set(this.#files.flatMap(foldersToWatch));
    for (const folder of folders) {
      try {
        const watcher = watch(folder, { persistent: false }, () => this.#wake());
        watcher.on('error', () => this.#poll());
        this.#watchers.push(watcher);
      } catch {
        // The folder vanished meanwhile, or the system has no watches left: polling sees both.
        this.#poll();
      }
    }
  }

  #poll(): void {
    if (this.#disposed || this.#polled.length > 0) return;
    this.#polled = [...this.#files];
    for (const file of this.#polled) {
      watchFile(file, { persistent: false, interval: pollMs }, this.#wake);
    }
  }

  #disarm(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
    for (const file of this.#polled.splice(0)) unwatchFile(file, this.#wake);
  }

  readonly #wake = (): void => {
    if (this.#disposed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), this.#debounceMs);
    this.#timer.unref();
  };

  #look(): void {
    this.#disarm();
    this.#arm();
    const signature = this.#signature();
    if (signature === this.#seen) return;
    this.#seen = signature;
    this.#onChange();
  }

  /** Folders hold other files too: only a difference in ours counts. */
  #signature(): string {
    return this.#files.map(signatureOf).join(' ');
  }
}

function signatureOf(file: string): string {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat === undefined ? 'absent' : `${stat.ino}/${stat.size}/${stat.mtimeMs}`;
  } catch (error) {
    // Not readable is a state like any other: becoming readable is a change.
    return messageOf(error);
  }
}

/** The folder of the file and, behind links, the folder of what it is; else the nearest ancestor there is. */
function foldersToWatch(file: string): string[] {
  let folder = path.dirname(file);
  while (!existsSync(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  if (!existsSync(file)) return [folder];
  return [folder, path.dirname(realpathSync(file))];
}
