import type { CheckTarget } from './check.ts';

type Scheme = CheckTarget['scheme'];

/** Well-known ports (IANA) where an HTTP request would be the wrong question. */
const notHttp: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 110, 143, 389, 445, 465, 587, 636, 993, 995, 1433, 1521, 1883, 2181, 3306, 3389, 4222,
  5432, 5671, 5672, 6379, 8883, 9042, 9092, 11211, 26257, 27017, 61616,
]);
const tlsPorts: ReadonlySet<number> = new Set([443, 6443, 8443, 10250]);

/** The first part of a port's name says its protocol, as Istio and others read it: `http-web`, `tcp-db`, `redis`. */
const byName: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['http', 'http'],
  ['web', 'http'],
  ['https', 'https'],
  ['tls', 'https'],
  ...[
    'tcp',
    'mysql',
    'postgres',
    'postgresql',
    'pg',
    'redis',
    'mongo',
    'mongodb',
    'amqp',
    'kafka',
    'mqtt',
  ].map((name): [string, Scheme] => [name, 'tcp']),
  ...['ssh', 'smtp', 'imap', 'ldap', 'ftp', 'dns', 'sql', 'cql', 'memcached', 'nats', 'zookeeper'].map(
    (name): [string, Scheme] => [name, 'tcp'],
  ),
]);

/**
 * How to ask a port: by its appProtocol or name where these say it, else by its number, else over HTTP, which also
 * tells whether the port is open at all.
 */
export function schemeOf(port: number, name = '', appProtocol = ''): Scheme {
  const said = appProtocol.toLowerCase().split('/').at(-1) ?? '';
  return (
    byName.get(said) ??
    byName.get(name.toLowerCase().split('-')[0] ?? '') ??
    (tlsPorts.has(port) ? 'https' : notHttp.has(port) ? 'tcp' : 'http')
  );
}
