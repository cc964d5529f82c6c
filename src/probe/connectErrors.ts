import type { Reason } from './reason.ts';

/** What the system's errors say of a connection that did not open (connect(2)). */
export const connectErrors: ReadonlyMap<string, Reason> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'no-reply'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['EPERM', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['EAFNOSUPPORT', 'unreachable'],
]);
