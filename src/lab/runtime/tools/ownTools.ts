import type { Program } from '../system/kernel.ts';
import { curl } from './curl/curl.ts';
import { identityTools } from './identityTools.ts';
import { ls } from './listFiles.ts';
import { processTools } from './processTools.ts';
import { streamTools } from './streamTools.ts';

/** Programs written for the lab: those that stream, and those that use its network or processes. */
export function ownTools(): Map<string, Program> {
  return new Map<string, Program>([
    ...Object.entries(streamTools),
    ...Object.entries(processTools),
    ...Object.entries(identityTools),
    ['curl', curl],
    ['ls', ls],
  ]);
}
