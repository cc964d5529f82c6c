import { SystemError } from '../system/errors.ts';
import type { Process } from '../system/process.ts';
import { serveDirectory } from '../servers/staticServer.ts';
import { which } from '../system/executable.ts';

/** The busybox binary itself: `busybox APPLET ARGS`, `busybox httpd -f -p PORT -h DIR`. */
export async function busybox(process: Process): Promise<number> {
  const [applet, ...args] = process.argv.slice(1);
  if (applet === undefined || applet === '--help') {
    await process.print(
      'BusyBox v1.37.0 (practice lab) multi-call binary.\n\nUsage: busybox [function [arguments]...]\n',
    );
    return 0;
  }
  if (applet === 'httpd') return httpd(process, args);
  const { files } = process;
  const path = which(applet, files, '/', '/bin:/usr/bin:/sbin:/usr/sbin');
  if (path === undefined || applet === 'busybox') {
    await process.printError(`${applet}: applet not found\n`);
    return 127;
  }
  return process.become([applet, ...args], process.environment, path);
}

/** busybox' web server; the lab runs it in the foreground. */
export async function httpd(process: Process, args: readonly string[]): Promise<number> {
  const after = (name: string): string | undefined => args[args.indexOf(name) + 1 || args.length];
  const port = Number((after('-p') ?? '80').split(':').at(-1));
  try {
    return await serveDirectory(process, {
      port,
      address: '0.0.0.0',
      directory: process.absolute(after('-h') ?? '.'),
      name: 'busybox httpd',
      program: 'httpd',
      greeting: '',
    });
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'EADDRINUSE') throw error;
    await process.printError(`httpd: bind: ${error.text}\n`);
    return 1;
  }
}
