import type { CheckTarget } from './check.ts';

/** Whether the host is an IP address, so that no name has to be looked up. Zone ids (`fe80::1%eth0`) count. */
export function isIpAddress(host: string): boolean {
  return host.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}

/** A host as it stands in a URL: IPv6 addresses in brackets (RFC 3986, 3.2.2), their zone escaped (RFC 6874). */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host.replace('%', '%25')}]` : host;
}

/** Where a check goes, as text: `http://10.244.1.3:80/`, `tcp://[fd00::3]:5432`, `dns:web.shop`. */
export function targetUrl(target: CheckTarget): string {
  const { scheme, path, host } = target;
  if (scheme === 'dns') return `dns:${host}`;
  if (scheme === 'tcp' || scheme === 'udp') return `${scheme}://${hostAndPort(target)}`;
  return `${scheme}://${hostAndPort(target)}${path}`;
}

/** The URL an HTTP client is given. A TCP question asks it over HTTP too: only whether it connects counts. */
export function httpUrl(target: CheckTarget): string {
  return targetUrl(target.scheme === 'tcp' ? { ...target, scheme: 'http', path: '/' } : target);
}

export function hostAndPort({ host, port }: CheckTarget): string {
  return `${urlHost(host)}:${port}`;
}
