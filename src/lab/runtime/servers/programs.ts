import { ClusterDns } from '../network/clusterDns.ts';
import type { ClusterNetwork } from '../network/network.ts';
import type { Program } from '../system/kernel.ts';
import type { ClusterView } from '../types.ts';
import { agnhost } from './agnhost.ts';
import { coredns } from './coredns.ts';
import { databases } from './databases.ts';
import { httpd } from './httpd.ts';
import { httpEcho } from './httpEcho.ts';
import { meshProxy } from './meshProxy.ts';
import { nginx } from './nginx.ts';

/** The servers of the lab's images. */
export function serverPrograms(view: ClusterView, network: ClusterNetwork): Map<string, Program> {
  return new Map<string, Program>([
    ['nginx', nginx],
    ['httpd', httpd],
    ['agnhost', agnhost],
    ['http-echo', httpEcho],
    ['pilot-agent', meshProxy],
    ['coredns', coredns(new ClusterDns(view, network.services))],
    ...Object.entries(databases),
  ]);
}
