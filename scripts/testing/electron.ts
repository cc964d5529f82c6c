// npm run test:electron: the suite in desktop VS Code, which @vscode/test-electron downloads. Needs the open
// internet, and on Linux a screen (xvfb-run is one).
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { hostVersions } from '../tools/codeServer.ts';
import { quietSettings } from '../tools/hostServer.ts';
import { root, scratch } from '../tools/paths.ts';
import type { HostResults } from '../../test/host/inside/results.ts';
import { prepareSuite } from '../../test/host/prepare.ts';

async function runOn(version: string): Promise<HostResults | undefined> {
  const prepared = await prepareSuite('suite', undefined);
  try {
    const data = path.join(prepared.folder, 'data');
    await mkdir(path.join(data, 'User'), { recursive: true });
    const settings = { ...quietSettings, ...prepared.settings };
    await writeFile(path.join(data, 'User', 'settings.json'), JSON.stringify(settings));
    const ended = runTests({
      version,
      cachePath: path.join(scratch, 'vscode-test'),
      extensionDevelopmentPath: root,
      extensionTestsPath: prepared.bundle,
      extensionTestsEnv: prepared.variables,
      launchArgs: [
        prepared.workspace,
        `--user-data-dir=${data}`,
        '--disable-workspace-trust',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    return await prepared.waitForResults(ended);
  } finally {
    await prepared.dispose();
  }
}

let passes = 0;
let failures = 0;
for (const version of [hostVersions.oldest.vscode, 'stable']) {
  console.log(`VS Code ${version}`);
  const results = await runOn(version).catch((error: unknown): HostResults => {
    const reason = error instanceof Error ? error.message : String(error);
    return { vscode: version, node: '', tests: [], crash: `VS Code ${version} did not run: ${reason}` };
  });
  for (const { title, failure } of results?.tests ?? []) {
    if (failure === undefined) passes += 1;
    else {
      failures += 1;
      console.error(`✖ ${title}\n${failure}`);
    }
  }
  const crash = results ? results.crash : 'VS Code ended without results.';
  if (crash !== undefined) {
    failures += 1;
    console.error(crash);
  }
}
console.log(`${passes} passed, ${failures} failed`);
process.exit(failures === 0 && passes > 0 ? 0 : 1);
