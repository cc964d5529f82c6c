import type { Kernel } from '../system/kernel.ts';
import { listeningSockets } from '../network/procNet.ts';
import type { Mount } from './fileSystem.ts';
import { FileTree } from './inode.ts';
import { ProcessTable } from './processFolders.ts';

/** /proc of a container, as far as tools and learners read it. `kernel` is asked when a file is read. */
export function procMount(kernel: () => Kernel): { mount: Mount; processes: ProcessTable } {
  const tree = new FileTree(1_048_576);
  const started = Date.now();
  const add = (path: string, text: () => string): void => tree.place(path, tree.generated(text));
  add('/net/tcp', () => listeningSockets(kernel().network, 'TCP', 4));
  add('/net/tcp6', () => listeningSockets(kernel().network, 'TCP', 6));
  add('/net/udp', () => listeningSockets(kernel().network, 'UDP', 4));
  add('/net/udp6', () => listeningSockets(kernel().network, 'UDP', 6));
  tree.place('/self/net', tree.link('/proc/net'));
  add('/self/mounts', () => mountsFile(kernel()));
  tree.place('/mounts', tree.link('self/mounts'));
  add('/uptime', () => `${((Date.now() - started) / 1000).toFixed(2)} 0.00\n`);
  add('/loadavg', () => '0.00 0.00 0.00 1/100 1\n');
  add('/version', () => 'Linux version 6.1.0-practice-lab (practice lab, simulated)\n');
  add('/cpuinfo', () => 'processor\t: 0\nmodel name\t: practice lab (simulated)\n');
  add(
    '/meminfo',
    () => 'MemTotal:        2097152 kB\nMemFree:         1048576 kB\nMemAvailable:    1572864 kB\n',
  );
  add('/sys/kernel/hostname', () => `${kernel().hostname}\n`);
  add('/sys/net/ipv4/ip_unprivileged_port_start', () => '0\n');
  const mount = { path: '/proc', tree, node: tree.root, readOnly: true };
  return { mount, processes: new ProcessTable(tree) };
}

function mountsFile(kernel: Kernel): string {
  const lines = kernel.files.mountList().map(({ path, readOnly }) => {
    const type = path === '/' ? 'overlay' : path === '/proc' ? 'proc' : 'ext4';
    const device = path === '/' ? 'overlay' : path === '/proc' ? 'proc' : '/dev/vda1';
    return `${device} ${path} ${type} ${readOnly ? 'ro' : 'rw'},relatime 0 0`;
  });
  return `${lines.sort((a, b) => a.localeCompare(b)).join('\n')}\n`;
}
