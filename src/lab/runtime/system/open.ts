import type { OpenFile } from './descriptors.ts';
import { Descriptor } from './descriptors.ts';
import { SystemError } from './errors.ts';
import { openDevice, openNode, type OpenMode } from './openFiles.ts';
import type { Process } from './process.ts';

/**
 * Opens a path for a process, as `open(2)`: files, devices, and the process' own descriptors under /dev.
 * @throws SystemError
 */
export function openPath(process: Process, path: string, mode: OpenMode & { truncate: boolean }): Descriptor {
  const full = process.absolute(path);
  const own = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(full)?.[1];
  if (own !== undefined) {
    const descriptor = process.descriptors.get(Number(own));
    return descriptor.file.reopen ? new Descriptor(descriptor.file.reopen(mode.write)) : descriptor.share();
  }
  const node = process.files.find(full);
  if (node?.type === 'device') {
    switch (node.device) {
      case 'stdin':
      case 'stdout':
      case 'stderr':
        return process.descriptors.get(['stdin', 'stdout', 'stderr'].indexOf(node.device)).share();
      case 'tty':
        return terminalOf(process);
      case 'null':
      case 'zero':
      case 'full':
      case 'random':
        return new Descriptor(openDevice(node.device));
    }
  }
  return new Descriptor(openFile(process, full, mode));
}

function openFile(process: Process, path: string, mode: OpenMode & { truncate: boolean }): OpenFile {
  if (!mode.write) return openNode(process.files.fileToRead(path), mode);
  const node = process.files.fileToWrite(path, { truncate: mode.truncate });
  return openNode(node, mode);
}

function terminalOf(process: Process): Descriptor {
  for (const number of process.descriptors.numbers()) {
    const descriptor = process.descriptors.get(number);
    if (descriptor.file.kind === 'terminal') return descriptor.share();
  }
  throw new SystemError('ENXIO', '/dev/tty');
}
