import type { CheckRecord, CheckTarget } from '../../probe/check.ts';

/** What a record's URL asked; undefined for names and volumes, which say nothing about a way. */
export function targetOfRecord({ url, to }: CheckRecord): CheckTarget | undefined {
  const [, scheme, host, port] = /^(https?|tcp|udp):\/\/(\[[^\]]+\]|[^:/]+):(\d+)/.exec(url) ?? [];
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'tcp' && scheme !== 'udp') return undefined;
  if (host === undefined) return undefined;
  return { ref: to, host: host.replace(/^\[|\]$/g, ''), port: Number(port), scheme, path: '/' };
}

/** The pod of a reference; undefined where it names something else. */
export function podOfRef(text: string): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, name] = /^pod\/([^/:]+)\/([^/:]+)/.exec(text) ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
