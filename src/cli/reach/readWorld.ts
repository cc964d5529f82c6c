import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { Json } from '../../model/json.ts';
import { worldOfObjects, type FilesWorld } from '../../reach/worldOfObjects.ts';
import { findFiles } from '../lint/findFiles.ts';
import { readText } from '../lint/readText.ts';
import { tell } from '../tell.ts';
import type { Verb } from '../verb.ts';
import { objectsIn } from './objectsIn.ts';

/**
 * The World that manifests describe. Templates and kustomizations are named on the error stream and left out.
 * @param paths files, folders, patterns, or `-`.
 * @throws ExplainedError where a file cannot be read or is no sound YAML: half a world would give wrong answers.
 */
export async function readWorld(
  paths: readonly string[],
  namespace: string | undefined,
  io: Pick<Parameters<Verb['run']>[1], 'cwd' | 'stdin' | 'stderr' | 'signal'>,
): Promise<FilesWorld> {
  const { files, faults } = await findFiles(paths, io.cwd, io.signal);
  const [fault] = faults;
  if (fault !== undefined) throw fault;
  if (files.length === 0)
    throw new ExplainedError('no-files', `There are no YAML or JSON files in ${paths.join(', ')}`);
  const all: Json[] = [];
  for (const file of files) {
    const { objects, leftOut } = objectsIn(await readText(file, io.cwd, io.stdin, io.signal), file);
    if (leftOut !== undefined) tell(`${oneLine(file)} was left out: it is ${leftOut}`, io.stderr);
    for (const object of objects) all.push(object);
  }
  return worldOfObjects(all, namespace);
}
