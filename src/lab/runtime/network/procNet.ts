import { isLoopback } from './addresses.ts';
import type { NetworkStack, Protocol } from './stack.ts';

const headers = {
  TCP: '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n',
  UDP: '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n',
} as const;

/** /proc/net/tcp and its like: the listening sockets in the kernel's notation (state 0A is LISTEN). */
export function listeningSockets(stack: NetworkStack, protocol: Protocol, family: 4 | 6): string {
  const rows = stack
    .listening()
    .filter((listener) => listener.protocol === protocol && listener.address.includes(':') === (family === 6))
    .map(({ address, port }, index) => {
      const local = `${hexAddress(address, family)}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
      const remote = `${'0'.repeat(family === 4 ? 8 : 32)}:0000`;
      const state = protocol === 'TCP' ? '0A' : '07';
      const rest = `${state} 00000000:00000000 00:00000000 00000000     0        0 ${10_000 + port} 1 0000000000000000 100 0 0 10 0`;
      return `${String(index).padStart(4)}: ${local} ${remote} ${rest}\n`;
    });
  const header =
    family === 6
      ? headers[protocol]
          .replace('local_address', 'local_address'.padEnd(37))
          .replace('rem_address', 'remote_address'.padEnd(26))
      : headers[protocol];
  return header + rows.join('');
}

/** An address as the kernel prints it: 32-bit words in the byte order of the machine. */
function hexAddress(address: string, family: 4 | 6): string {
  if (family === 6) return isLoopback(address) ? `${'0'.repeat(24)}01000000` : '0'.repeat(32);
  return address
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).toUpperCase().padStart(2, '0'))
    .join('');
}
