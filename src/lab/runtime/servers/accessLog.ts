import type { IncomingMessage } from 'node:http';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `10/Oct/2025:13:55:36 +0000`, as access logs write it. */
export function logTime(date: Date): string {
  const [time = ''] = date.toISOString().split('T')[1]?.split('.') ?? [];
  return `${String(date.getUTCDate()).padStart(2, '0')}/${months[date.getUTCMonth()] ?? ''}/${date.getUTCFullYear()}:${time} +0000`;
}

/** A line in the common log format; `combined` adds referrer and user agent. */
export function accessLine(
  request: IncomingMessage,
  status: number,
  bytes: number,
  combined: boolean,
): string {
  const address = request.socket.remoteAddress ?? '-';
  const line = `${request.method ?? '-'} ${request.url ?? '-'} HTTP/${request.httpVersion}`;
  const common = `${address} - - [${logTime(new Date())}] "${line}" ${status} ${bytes === 0 && !combined ? '-' : bytes}`;
  if (!combined) return `${common}\n`;
  return `${common} "${request.headers.referer ?? '-'}" "${request.headers['user-agent'] ?? '-'}" "${String(request.headers['x-forwarded-for'] ?? '-')}"\n`;
}
