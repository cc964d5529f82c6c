import type { Reason } from './reason.ts';

/*
 * One sentence a reason, the only place where they stand. They are keys for translation too: placeholders are
 *   {0} where the check went       {1} the tool         {2} the HTTP status or exit code
 *   {3} the deciding line          {4} the host         {5} the source
 */
export const texts: Readonly<Record<Reason, string>> = {
  'http-answer': '{0} answered with HTTP {2}.',
  'http-error-status': '{0} answered with HTTP {2}: the network works, the application says no.',
  'http-unfinished':
    '{0} answered with HTTP {2}, but the rest of the answer did not arrive in time: a slow application, or large packets get lost (MTU).',
  'tcp-open': '{0} accepts connections ({1} opened one and asked nothing more of it).',
  'not-http': '{0} accepts connections, but what answers there does not speak HTTP: {3}',
  'name-resolved': 'The name {4} resolves from {5}: {3}.',
  'udp-answer': '{0} answered over UDP.',
  'marker-read':
    'What was written through one mount was read through this one: both see the same volume. ({3})',
  refused:
    '{0} refused the connection: nothing listens on that port there, or the service behind that address has no ready endpoint. ({3})',
  'could-not-connect':
    '{0} could not be connected to, at once: most likely nothing listens there. {1} does not say more: {3}',
  unreachable:
    '{0} is out of reach: the network answered that there is no way to that address, or that it is forbidden. ({3})',
  'no-reply':
    'No reply from {0}: the packets vanish. A network policy or firewall drops them, or nobody has that address.',
  'no-reply-or-silent':
    'No reply from {0} in time. {1} does not tell whether the connection opened: a dropped packet, or an application that hangs.',
  'name-unknown': 'The name {4} does not exist in the DNS that {5} asks. ({3})',
  'name-not-resolved':
    'The name {4} could not be resolved from {5}: it does not exist, or its DNS server failed. ({3})',
  'name-server-failed':
    'The DNS server that {5} asks did not answer for {4}, or answered with a failure. ({3})',
  'name-timeout': 'Looking up the name {4} took too long: the DNS server that {5} asks does not answer.',
  reset:
    '{0} accepted the connection and then reset it: the application, or a proxy on the way, broke it off. ({3})',
  'tls-failed': '{0} accepts connections, but no secure one: the TLS handshake failed. ({3})',
  'closed-without-answer': '{0} accepted the connection and closed it without an answer. ({3})',
  silent:
    '{0} accepted the connection, but no answer came in time: the application hangs, or large packets get lost (MTU).',
  'marker-missing':
    'The file that was written through another mount is not there: the two do not see the same directory. ({3})',
  'marker-differs':
    'There is a file of that name, but not with what was written through the other mount: the two do not see the same directory. ({3})',
  'udp-silent':
    'Not found out: {0} did not answer. UDP knows no handshake, so an open port that has nothing to say looks like a packet that was dropped.',
  'marker-unwritten':
    'Not found out: nothing could be written to the volume, so there was nothing to look for. ({3})',
  'marker-unreadable': 'Not found out: the volume could not be read through this mount. ({3})',
  'no-tool':
    'Not found out: {5} has nothing that can open a connection (looked for curl, wget, bash, perl and python3). Check from another container of the pod, or install curl in this one.',
  'no-resolver':
    'Not found out: {5} has nothing that can look a name up (looked for sh with getent or nslookup). Check from another container of the pod.',
  'tool-failed': 'Not found out: {1} ended with exit code {2}, which says nothing about the network: {3}',
  'tool-crashed': 'Not found out: {1} itself crashed in {5} (exit code {2}).',
  'tool-killed':
    'Not found out: {1} was ended from outside in {5} (exit code {2}); the container may lack memory or be stopping.',
  'no-output': 'Not found out: {1} ended well and printed nothing; its answer was lost on the way.',
  'lost-exit-code':
    'Not found out: {1} is said to have ended well, but its output tells of a failure; the exit code was lost on the way. ({3})',
  'exec-refused': 'Not found out: the API server did not let the check start in {5}: {3}',
  'exec-failed': 'Not found out: the connection to {5} failed, which says nothing about the one checked: {3}',
  'exec-no-status': 'Not found out: the connection to {5} closed before the exit code came. {3}',
  'exec-timed-out': 'Not found out: the command in {5} did not end in time and was given up.',
};
