import type { ClusterNetwork } from './network/network.ts';
import { serverPrograms } from './servers/programs.ts';
import { bash, busybox, dash } from './shell/flavour.ts';
import { shellProgram } from './shell/main.ts';
import type { Program } from './system/kernel.ts';
import { textTools } from './tools/textTools.ts';
import { ownTools } from './tools/ownTools.ts';
import type { ClusterView } from './types.ts';

/** Every program that an executable file of some image can name. */
export function allPrograms(view: ClusterView, network: ClusterNetwork): ReadonlyMap<string, Program> {
  return new Map<string, Program>([
    ...textTools(),
    ...ownTools(),
    ...serverPrograms(view, network),
    ['bash', shellProgram(bash)],
    ['dash', shellProgram(dash)],
    ['ash', shellProgram(busybox)],
  ]);
}
