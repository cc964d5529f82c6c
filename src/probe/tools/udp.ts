import type { CheckTarget } from '../check.ts';
import { decidingLine, reading, type Finished, type Limits, type Probe, type Reading } from '../reading.ts';
import { commonEnding, timeIsUp } from './endings.ts';
import { systemError } from './systemError.ts';

/*
 * UDP knows no handshake. What can be told: something answers, or the target's kernel says that nobody listens
 * (ICMP port unreachable, which a connected socket reads as "Connection refused"). Silence says nothing.
 * The scripts print `answer N`, N the bytes that came back.
 */

/** A DNS question for the root's name servers, as any name server answers it; elsewhere a line break. */
function payload({ port }: CheckTarget): string {
  return port === 53
    ? String.raw`\120\116\001\000\000\001\000\000\000\000\000\000\000\000\002\000\001`
    : String.raw`\n`;
}

const pythonScript = `
import socket, sys
host, port, data, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
try:
    family, kind, proto, _, address = socket.getaddrinfo(host, port, 0, socket.SOCK_DGRAM)[0]
    link = socket.socket(family, kind, proto)
    link.settimeout(seconds)
    link.connect(address)
    link.send(data.encode().decode('unicode_escape').encode('latin-1'))
    print('answer', len(link.recv(4096)))
except socket.timeout:
    print('answer 0')
except OSError as error:
    sys.stderr.write(str(error.strerror or error) + '\\n')
    print('answer 0')
`.trim();

const python: Probe = {
  tool: 'python3',
  programs: ['python3'],
  command: (target, limits) => ['python3', '-c', pythonScript, ...words(target, limits)],
  read: (finished) => read('python3', finished),
};

const bash: Probe = {
  tool: 'bash',
  programs: ['timeout', 'bash'],
  command: (target, limits) => [
    ...['timeout', String(limits.total)],
    ...[
      'bash',
      '-c',
      'LC_ALL=C; exec 3<>/dev/udp/$0/$1 || exit; printf "$2" >&3; echo "answer $(timeout "$3" head -c 1 <&3 | wc -c)"',
    ],
    ...words(target, limits),
  ],
  read: (finished) => read('bash', finished),
};

const nc: Probe = {
  tool: 'nc',
  programs: ['sh', 'nc'],
  command: (target, limits) => [
    ...[
      'sh',
      '-c',
      'command -v nc >/dev/null || exit 127; echo "answer $(printf "$2" | nc -u -w "$3" "$0" "$1" | head -c 1 | wc -c)"',
    ],
    ...words(target, limits),
  ],
  read: (finished) => read('nc', finished),
};

/** Those that tell most come first. */
export const udpLadder: readonly Probe[] = [python, bash, nc];

function words(target: CheckTarget, limits: Limits): readonly string[] {
  return [target.host, String(target.port), payload(target), String(limits.connect)];
}

function read(tool: 'python3' | 'bash' | 'nc', finished: Finished): Reading {
  const { exitCode, stdout, stderr } = finished;
  const bytes = /^answer\s+(\d+)\s*$/m.exec(stdout)?.[1];
  if (bytes !== undefined && Number(bytes) > 0) return reading(tool, 'udp-answer', `answer ${bytes}`);
  const error = systemError(stderr) ?? (stderr.includes('bad address') ? 'name-not-resolved' : undefined);
  const detail = decidingLine(stderr);
  if (error !== undefined) return reading(tool, error, detail);
  if (bytes !== undefined || timeIsUp(finished)) return reading(tool, 'udp-silent', detail);
  if (exitCode === 0) return reading(tool, 'no-output', detail);
  return reading(tool, commonEnding(finished) ?? 'tool-failed', detail);
}
