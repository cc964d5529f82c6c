import { BlockList, isIP } from 'node:net';

/** A proxy that somebody set for everything that has none of its own, as VS Code's http.proxy. */
export interface ProxySettings {
  /** '' for none. */
  readonly proxy: string;
  /** As in NO_PROXY. */
  readonly noProxy: readonly string[];
}

/**
 * The proxy for a server, from HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case, by the rules of Go's
 * httpproxy, which kubectl follows; undefined: connect directly. This machine itself is never proxied.
 * @param settings count where the environment names no proxy
 */
export function proxyFor(
  server: URL,
  env: Readonly<Record<string, string | undefined>>,
  settings?: ProxySettings,
): string | undefined {
  const read = (name: string): string => env[name] ?? env[name.toLowerCase()] ?? '';
  const fromEnv = read(server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY').trim();
  const proxy = fromEnv === '' ? (settings?.proxy.trim() ?? '') : fromEnv;
  if (proxy === '' || isLoopback(hostOf(server)) || isExcluded(server, read('NO_PROXY'))) return undefined;
  if (fromEnv === '' && isExcluded(server, settings?.noProxy.join(',') ?? '')) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** A URL's host as sockets want it: IPv6 without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host.startsWith('127.');
}

/** Whether NO_PROXY (names, .suffixes, IPs, CIDR blocks, each with an optional port; or `*`) has the server. */
function isExcluded(server: URL, noProxy: string): boolean {
  const host = hostOf(server).toLowerCase();
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((pattern) => {
      if (pattern === '*') return true;
      if (pattern.includes('/')) return inBlock(host, pattern);
      const [, name = '', port] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(pattern) ?? [];
      if (port !== undefined && Number(port) !== portOf(server)) return false;
      const bare = name.replace(/^\[(.*)\]$/, '$1').replace(/^\*(?=\.)/, '');
      if (bare.startsWith('.')) return host.endsWith(bare);
      return host === bare || (isIP(bare) === 0 && host.endsWith(`.${bare}`));
    });
}

function inBlock(host: string, block: string): boolean {
  const family = isIP(host);
  const [address = '', prefix = ''] = block.split('/');
  const bits = Number(prefix);
  const isBlock = family !== 0 && isIP(address) === family && Number.isInteger(bits) && bits >= 0;
  if (!isBlock || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const name = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(address, bits, name);
  return list.check(host, name);
}
