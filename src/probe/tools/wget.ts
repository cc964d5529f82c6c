import { httpUrl } from '../address.ts';
import type { Probe } from '../reading.ts';
import { readBusyboxWget, speaksAsBusybox } from './busyboxWget.ts';
import { readGnuWget } from './gnuWget.ts';

/** Asked of the environment, since GNU and BusyBox name the option against proxies differently. */
const proxyVariables = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * wget, whichever it is: the options are those GNU and BusyBox share (BusyBox reads `-t` and ignores it), and the
 * answer tells which one spoke, so that no exec is spent on finding out.
 */
function wgetWith(timeout: boolean): Probe {
  return {
    tool: 'wget',
    programs: timeout ? ['env', 'timeout', 'wget'] : ['env', 'wget'],
    command: (target, limits) => [
      'env',
      ...proxyVariables.flatMap((name) => ['-u', name]),
      'LC_ALL=C',
      ...(timeout ? ['timeout', String(limits.total)] : []),
      ...['wget', '-S', '-t', '1', '-T', String(limits.connect)],
      ...(target.scheme === 'https' ? ['--no-check-certificate'] : []),
      ...['-O', '/dev/null', httpUrl(target)],
    ],
    read: (finished, target) =>
      speaksAsBusybox(finished) ? readBusyboxWget(finished, target) : readGnuWget(finished, target),
  };
}

export const wget: Probe = wgetWith(true);

/** For containers without `timeout`: `-T` still bounds the connection and every wait for bytes. */
export const wgetWithoutTimeout: Probe = wgetWith(false);
