// The licences of what is bundled: they ask that their text goes where the code goes.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Folders of the packages of which a bundle holds code. @param {readonly import('esbuild').Metafile[]} metafiles */
function bundledPackages(metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.entries(output.inputs));
  const folders = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([file]) => packageFolder.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** The MIT licence of a package that names it without shipping its text: ours has the same words. @param {string} author */
async function mitOf(author) {
  const ours = await readFile(path.join(import.meta.dirname, '../../LICENSE'), 'utf8');
  return `MIT License\n\nCopyright (c) ${author}\n\n${ours.slice(ours.indexOf('Permission is hereby'))}`;
}

/** @param {string} folder @returns {Promise<string>} name, version, licence and its text; throws where there is none */
async function notice(folder) {
  const { name, version, license, author } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)(\.\w+)?$/i.test(file));
  const texts = await Promise.all(files.sort().map((file) => readFile(path.join(folder, file), 'utf8')));
  if (texts.length === 0 && license === 'MIT' && typeof author === 'string') texts.push(await mitOf(author));
  if (texts.length === 0) throw new Error(`${folder} is bundled, and holds no licence to ship with it.`);
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n');
}

/**
 * Writes one text with the licences of all bundled packages.
 * @param {string} root @param {string} file @param {readonly import('esbuild').Metafile[]} metafiles
 */
export async function writeNotices(root, file, metafiles) {
  const notices = await Promise.all(
    bundledPackages(metafiles).map((folder) => notice(path.join(root, folder))),
  );
  const intro =
    'Pod Network Explorer contains code of the packages below, under their licences. Names, types and numbers of\n' +
    "Kubernetes' objects come from its API descriptions (https://github.com/kubernetes/kubernetes, Apache-2.0).";
  await writeFile(file, `${[intro, ...notices].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}
