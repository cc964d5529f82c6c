// The stock kubectl the lab is measured with: Debian's own build, one fixed suite, whatever the machine has.
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findCommand, type Say } from './apt.ts';
import { cached } from './cache.ts';
import { mustRun, run } from './process.ts';

/** The suite to take it from: Debian 12's own kubernetes-client is 1.20, too old for exec over WebSocket. */
const suite = 'trixie';
/** The package that holds the program; kubernetes-client is an empty one that depends on it. */
const debianPackage = 'kubectl';
/** kubectl talks WebSocket instead of SPDY by itself since 1.31. */
const oldestMinor = 31;

const mirror = 'http://deb.debian.org/debian';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Options that keep this apt-get away from the system's own lists, sources and caches. */
function isolated(folder: string): string[] {
  const options: Record<string, string> = {
    'Dir::Etc::SourceList': path.join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State': path.join(folder, 'state'),
    'Dir::State::Status': path.join(folder, 'state', 'status'),
    'Dir::Cache': path.join(folder, 'cache'),
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
  };
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

async function fetchFromDebian(folder: string, say: Say): Promise<void> {
  say(`fetching kubectl from Debian ${suite}`);
  const apt = path.join(folder, 'apt');
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'download']) {
    await mkdir(path.join(apt, part), { recursive: true });
  }
  await writeFile(path.join(apt, 'state', 'status'), '');
  await writeFile(path.join(apt, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`);
  const options = isolated(apt);
  await mustRun('apt-get', ['-q', ...options, 'update'], { timeoutMs: 180_000 });
  const download = path.join(apt, 'download');
  await mustRun('apt-get', ['-q', ...options, 'download', debianPackage], {
    cwd: download,
    timeoutMs: 180_000,
  });
  const [file] = await readdir(download);
  if (file === undefined) throw new Error('apt-get download left no file.');
  const unpacked = path.join(apt, 'unpacked');
  await mustRun('dpkg-deb', ['-x', path.join(download, file), unpacked]);
  await copyFile(path.join(unpacked, 'usr', 'bin', 'kubectl'), path.join(folder, 'kubectl'));
  await chmod(path.join(folder, 'kubectl'), 0o755);
  await rm(apt, { recursive: true, force: true });
}

/** "1.32.4" of a kubectl. */
export async function kubectlVersion(binary: string): Promise<string> {
  const { stdout } = await mustRun(binary, ['version', '--client', '-o', 'json'], { timeoutMs: 30_000 });
  const answer = JSON.parse(stdout) as { clientVersion?: { gitVersion?: string } };
  return (answer.clientVersion?.gitVersion ?? '').replace(/^v/, '');
}

export interface Kubectl {
  binary: string;
  version: string;
  /** Where it came from, for people. */
  origin: string;
}

/** Debian's kubectl from the cache folder or the mirror; a recent one on PATH where there is no mirror. */
export async function ensureKubectl(say: Say): Promise<Kubectl> {
  try {
    const folder = await cached(`kubectl-debian-${suite}`, (target) => fetchFromDebian(target, say), say);
    const binary = path.join(folder, 'kubectl');
    return { binary, version: await kubectlVersion(binary), origin: `Debian ${suite}` };
  } catch (error) {
    const binary = await findCommand('kubectl');
    if (binary === undefined) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    const probe = await run(binary, ['version', '--client', '-o', 'json'], { timeoutMs: 30_000 });
    const version = probe.code === 0 ? await kubectlVersion(binary) : '';
    if (Number(version.split('.')[1] ?? 0) < oldestMinor) {
      throw new Error(
        `No kubectl 1.${oldestMinor} or newer: ${binary} is "${version}", and Debian ${suite} has not answered (${reason}).`,
        { cause: error },
      );
    }
    say(`Debian ${suite} has not answered (${reason}); using ${binary} ${version}`);
    return { binary, version, origin: binary };
  }
}
