import type { Program } from '../system/kernel.ts';
import { busybox, httpd } from './busybox.ts';
import { busyboxWget } from './busyboxWget.ts';
import { connectTools } from './connectTools.ts';
import { curl } from './curl/curl.ts';
import { identityTools } from './identityTools.ts';
import { languages } from './languages.ts';
import { linkTools } from './linkTools.ts';
import { ls } from './listFiles.ts';
import { nameTools } from './nameTools.ts';
import { busyboxNetcat, netcat } from './netcat.ts';
import { packageTools } from './packages/index.ts';
import { busyboxPing, ping } from './ping.ts';
import { processTools } from './processTools.ts';
import { streamTools } from './streamTools.ts';
import { systemTools } from './systemTools.ts';
import { tr } from './translate.ts';
import { gnuWget } from './wget.ts';

/** Programs written for the lab: those that stream, and those that use its network or processes. */
export function ownTools(): Map<string, Program> {
  return new Map<string, Program>([
    ...Object.entries({
      ...streamTools,
      ...processTools,
      ...identityTools,
      ...systemTools,
      ...nameTools,
      ...linkTools,
      ...connectTools,
      ...packageTools,
      ...languages,
    }),
    ['curl', curl],
    ['wget', gnuWget],
    ['busybox-wget', busyboxWget],
    ['nc', netcat],
    ['busybox-nc', busyboxNetcat],
    ['ping', ping],
    ['busybox-ping', busyboxPing],
    ['busybox', busybox],
    ['busybox-httpd', (process) => httpd(process, process.argv.slice(1))],
    ['ls', ls],
    ['tr', tr],
  ]);
}
