import type { Reason } from '../reason.ts';

/**
 * What the words of glibc and musl for an error of connect, read or the resolver say (strerror, gai_strerror in
 * the C locale). The first group found decides; undefined where none is.
 */
export function systemError(text: string): Reason | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

const table: readonly (readonly [RegExp, Reason])[] = [
  [
    /Name or service not known|Name does not resolve|No address associated with hostname|nodename nor servname/i,
    'name-unknown',
  ],
  [
    /Temporary failure in name resolution|Try again|Non-recoverable failure in name resolution|System error/i,
    'name-server-failed',
  ],
  [/Connection refused/i, 'refused'],
  [
    /No route to host|Host is unreachable|Network (?:is )?unreachable|Permission denied|Operation not permitted|Address family not supported|Cannot assign requested address|Address not available/i,
    'unreachable',
  ],
  [/Connection timed out|Operation timed out/i, 'no-reply'],
  [/Connection reset|Broken pipe/i, 'reset'],
];
