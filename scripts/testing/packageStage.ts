// The VSIX: made, looked into, and weighed.
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { scratch } from '../tools/paths.ts';
import { run } from '../tools/process.ts';
import { activationLimit, activationSize } from './activationSize.ts';
import { failed, type Outcome, type Stage } from './stage.ts';
import { zipEntries } from './vsix.ts';

const limit = 3_000_000;

/** What the extension cannot do without. */
const required = [
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/dist/ThirdPartyNotices.txt',
  'extension/dist/extension.js',
  'extension/dist/lab.js',
  'extension/dist/cli.js',
  'extension/dist/web/explain.js',
  'extension/dist/web/explain.css',
  'extension/media/icon.png',
  'extension/snippets/kubernetes.json',
];

/** The only places files may come from. */
const allowed =
  /^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(package(\.nls)?(\.[a-z-]+)?\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/(chunks\/[a-z]+\/)?[\w.-]+\.js|dist\/ThirdPartyNotices\.txt|dist\/web\/[\w-]+\.(js|css)|(media|snippets|schemas|l10n)\/.+|docs\/.+\.md))$/;

/** As in the script `package`: all code is in the bundles, and there is no public repository to link to. */
const vsceOptions = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];

/** Where the package stage leaves it. */
export const vsixFile = path.join(scratch, 'package', 'pod-network-explorer.vsix');

async function check(): Promise<Outcome> {
  const file = vsixFile;
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  const made = await run('vsce', ['package', ...vsceOptions, '--out', file], { timeoutMs: 180_000 });
  if (made.code !== 0) return failed(made.output.trim());

  const failures: string[] = [];
  let passes = 0;
  const expect = (good: boolean, failure: string): void => {
    if (good) passes += 1;
    else failures.push(failure);
  };
  const entries = await zipEntries(file);
  const names = new Set(entries.map(({ name }) => name));
  const missing = required.filter((name) => !names.has(name));
  expect(missing.length === 0, `Missing in the VSIX: ${missing.join(', ')}`);
  const strange = [...names].filter((name) => !allowed.test(name));
  expect(strange.length === 0, `Not needed in the VSIX: ${strange.join(', ')} (.vscodeignore)`);
  const { size } = await stat(file);
  const heaviest = entries
    .sort((one, other) => other.compressed - one.compressed)
    .slice(0, 8)
    .map(({ name, compressed }) => `${compressed} ${name}`);
  expect(size < limit, `The VSIX has ${size} bytes, more than ${limit}:\n${heaviest.join('\n')}`);
  const activation = await activationSize();
  const files = [...activation.files].map(([name, bytes]) => `${bytes} ${name}`);
  expect(
    activation.bytes < activationLimit,
    `Activation loads ${activation.bytes} bytes, more than ${activationLimit}:\n${files.join('\n')}`,
  );
  return {
    passed: passes,
    failed: failures.length,
    failures,
    note: `${(size / 1e6).toFixed(2)} MB, ${names.size} files; activation loads ${Math.round(activation.bytes / 1000)} KB`,
  };
}

export const packageStage: Stage = {
  name: 'package',
  about: 'the VSIX: what is in it, what it weighs',
  needs: ['build'],
  provides: 'vsix',
  weight: 1,
  run: check,
};
