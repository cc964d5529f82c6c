import { isRecord } from '../../model/json.ts';
import { worldOfObjects, type FilesWorld } from '../../reach/worldOfObjects.ts';
import { workspaceObjects } from './workspaceObjects.ts';

/** What the manifests of the workspace describe, each workload as one pod of its name. @throws CancelledError. */
export async function workspaceWorld(signal: AbortSignal): Promise<FilesWorld> {
  const { objects } = await workspaceObjects(signal);
  return worldOfObjects(objects.map(({ object }) => object.toJson()).filter(isRecord));
}
