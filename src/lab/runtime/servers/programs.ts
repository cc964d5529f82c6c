import type { ClusterNetwork } from '../network/network.ts';
import type { Program } from '../system/kernel.ts';
import type { ClusterView } from '../types.ts';
import { nginx } from './nginx.ts';
import { httpd } from './httpd.ts';

/** The servers of the lab's images. */
export function serverPrograms(_view: ClusterView, _network: ClusterNetwork): Map<string, Program> {
  return new Map<string, Program>([
    ['nginx', nginx],
    ['httpd', httpd],
  ]);
}
