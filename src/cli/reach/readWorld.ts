import { ExplainedError } from '../../base/errors.ts';
import { isRecord } from '../../model/json.ts';
import { parse } from '../../manifest/parse.ts';
import { worldOfObjects, type FilesWorld } from '../../reach/worldOfObjects.ts';
import { findFiles } from '../lint/findFiles.ts';
import { readText } from '../lint/readText.ts';
import type { Verb } from '../verb.ts';

/**
 * The World that manifests describe.
 * @param paths files, folders, patterns, or `-`.
 * @throws ExplainedError where a file cannot be read or is no sound YAML: half a world would give wrong answers.
 */
export async function readWorld(
  paths: readonly string[],
  namespace: string | undefined,
  io: Pick<Parameters<Verb['run']>[1], 'cwd' | 'stdin' | 'signal'>,
): Promise<FilesWorld> {
  const { files, faults } = await findFiles(paths, io.cwd, io.signal);
  const [fault] = faults;
  if (fault !== undefined) throw fault;
  if (files.length === 0)
    throw new ExplainedError('no-files', `There are no YAML or JSON files in ${paths.join(', ')}`);
  const objects = [];
  for (const file of files) {
    const manifest = parse(await readText(file, io.cwd, io.stdin, io.signal), { file });
    const broken = manifest.problems.find(({ severity }) => severity === 'error');
    if (broken !== undefined) {
      const { line, character } = broken.range.start;
      throw new ExplainedError('broken-manifest', `${file}:${line + 1}:${character + 1}: ${broken.message}`, {
        remedy: 'podnet lint shows everything that is wrong with it.',
      });
    }
    objects.push(...manifest.objects.map((object) => object.toJson()));
  }
  return worldOfObjects(objects.filter(isRecord), namespace);
}
