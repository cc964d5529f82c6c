/** One socket in state LISTEN, as a pod's own `/proc/net/tcp` or `tcp6` shows it. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  readonly scope: 'all' | 'loopback' | 'one-address';
}

/**
 * Reads the text of `/proc/net/tcp` and `/proc/net/tcp6` (proc_pid_net(5)): the second column is the local address
 * in host byte order, here little endian, and `0A` in the fourth is TCP_LISTEN.
 */
export function readListeners(text: string): readonly Listener[] {
  const found: Listener[] = [];
  for (const line of text.split('\n')) {
    const [, local = '', , state] = line.trim().split(/\s+/);
    const match = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local);
    if (state !== '0A' || match === null) continue;
    const [, hex = '', port = ''] = match;
    const bytes = littleEndianWords(hex);
    found.push({ address: formatBytes(bytes), port: parseInt(port, 16), scope: scopeOf(bytes) });
  }
  return found;
}

function littleEndianWords(hex: string): readonly number[] {
  const words = hex.match(/.{8}/g) ?? [];
  return words.flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => parseInt(byte, 16)));
}

function scopeOf(bytes: readonly number[]): Listener['scope'] {
  const mapped =
    bytes.length === 16 && bytes.slice(0, 10).every(isZero) && bytes[10] === 255 && bytes[11] === 255;
  const address = mapped ? bytes.slice(12) : bytes;
  if (address.every(isZero)) return 'all';
  if (address.length === 4 && address[0] === 127) return 'loopback';
  if (address.length === 16 && address.slice(0, 15).every(isZero) && address[15] === 1) return 'loopback';
  return 'one-address';
}

function isZero(byte: number): boolean {
  return byte === 0;
}

function formatBytes(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = [];
  for (let index = 0; index < 16; index += 2) {
    groups.push((((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)).toString(16));
  }
  return groups.join(':').replace(/(^|:)0(:0)+(:|$)/, '::');
}
