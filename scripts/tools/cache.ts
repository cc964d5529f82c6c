// Installing something once into the cache folder: whole or not at all, and by one program at a time.
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './paths.ts';

const marker = '.complete';

export async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes the lock for `name`, waiting for another installation to end; a dead owner's lock is taken over. */
async function lock(name: string, say: (line: string) => void): Promise<() => Promise<void>> {
  const folder = path.join(cacheFolder(), `${name}.lock`);
  const owner = path.join(folder, 'pid');
  await mkdir(cacheFolder(), { recursive: true });
  let waiting = false;
  for (let looks = 0; ; looks += 1) {
    try {
      await mkdir(folder);
      await writeFile(owner, String(process.pid));
      return () => rm(folder, { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = Number(await readFile(owner, 'utf8').catch(() => '0'));
    // A lock without a pid is being taken this instant, or its owner died in between.
    if (pid === 0 ? looks > 3 : !alive(pid)) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    if (!waiting) say(`waiting for process ${pid}, which is installing ${name}`);
    waiting = true;
    await sleep(500);
  }
}

/** Clears away what earlier installations of `name` did not finish. */
async function removeInterrupted(name: string): Promise<void> {
  for (const entry of await readdir(cacheFolder())) {
    if (entry !== name && !entry.startsWith(`${name}.partial`)) continue;
    await rm(path.join(cacheFolder(), entry), { recursive: true, force: true });
  }
}

/**
 * The folder `name` in the cache, filled by `fill` if it is not there. A fill that is interrupted leaves
 * nothing that counts as installed.
 * @param fill gets an empty folder; it may not remember its path, for it is renamed at the end
 */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<void>,
  say: (line: string) => void,
): Promise<string> {
  const target = path.join(cacheFolder(), name);
  if (await exists(path.join(target, marker))) return target;
  const unlock = await lock(name, say);
  try {
    if (await exists(path.join(target, marker))) return target;
    await removeInterrupted(name);
    // A name of its own: what an interrupted installation started may still be writing to its own folder.
    const half = `${target}.partial-${process.pid}`;
    await mkdir(half, { recursive: true });
    await fill(half);
    await writeFile(path.join(half, marker), `${new Date().toISOString()}\n`);
    await rename(half, target);
    return target;
  } finally {
    await unlock();
  }
}
