// The first step of `npm start` and `npm test`: it runs on a bare Node 20 before anything is installed,
// installs the project's packages when they are missing, and hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const bin = path.join(root, 'node_modules', '.bin');
const node = path.join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** True when node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
function installed() {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || !existsSync(node)) return false;
  const present = lockedPackages(record);
  return Object.entries(lockedPackages(path.join(root, 'package-lock.json'))).every(([folder, wanted]) => {
    if (folder === '') return true;
    const found = present[folder];
    // Optional packages are for other platforms, mostly.
    if (!found) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version;
  });
}

function installPackages() {
  console.log('Installing the packages of package-lock.json (npm ci), about half a minute ...');
  const started = Date.now();
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) fail('npm ci failed; its messages are above.');
  if (!existsSync(node)) {
    fail(
      'npm ci did not install the pinned Node. Are install scripts switched off (npm config get ignore-scripts)?',
    );
  }
  console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/**
 * Runs one of the TypeScript programs of scripts/ with the pinned Node, with this program's arguments, and
 * ends with its exit code. Signals reach the program first: it stops what it started.
 * @param {string} program path inside scripts/
 */
export function handOver(program) {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) fail(`Node 20 or newer is needed to begin with; this is ${process.version}.`);
  if (!installed()) installPackages();
  const child = spawn(node, [path.join(root, 'scripts', program), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` },
  });
  // A terminal sends Ctrl-C to the whole group; a plain kill reaches only this process and is passed on.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(/** @type {any} */ (signal)));
  child.on('error', (error) => fail(`Cannot start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
