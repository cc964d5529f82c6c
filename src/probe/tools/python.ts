import type { Probe } from '../reading.ts';
import { readScript, requestPath } from './scripted.ts';

/** Prints the lines scripted.ts reads. SIGALRM ends it, so that nothing, not even the resolver, outlives its time. */
const script = `
import errno, signal, socket, sys, time
host, port, scheme, path, connect, total = sys.argv[1:7]
signal.alarm(int(total))
begin = time.time()
def say(*words):
    print(*words)
    sys.stdout.flush()
def since():
    return '%.6f' % (time.time() - begin)
def fail(step, error):
    if isinstance(error, socket.timeout): name = 'ETIMEDOUT'
    elif hasattr(error, 'library'): name = type(error).__name__
    elif isinstance(error, socket.gaierror):
        name = next((n for n in dir(socket) if n.startswith('EAI_') and getattr(socket, n) == error.errno), 'EAI')
    else: name = errno.errorcode.get(getattr(error, 'errno', None), type(error).__name__)
    say('failed', step, name, ' '.join(str(error).split()))
    sys.exit(1)
try:
    found = socket.getaddrinfo(host, int(port), 0, socket.SOCK_STREAM)
except (OSError, UnicodeError) as error:
    fail('dns', error)
say('resolved', since())
sock = None
for family, kind, protocol, _, address in found:
    try:
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(int(connect))
        sock.connect(address)
        break
    except OSError as error:
        last, sock = error, None
if sock is None:
    fail('connect', last)
say('connected', since(), address[0])
if scheme == 'tcp':
    say('done', since())
    sys.exit(0)
sock.settimeout(int(total))
if scheme == 'https':
    try:
        import ssl
    except ImportError:
        say('done', since())
        sys.exit(0)
    try:
        context = ssl.SSLContext(getattr(ssl, 'PROTOCOL_TLS_CLIENT', ssl.PROTOCOL_TLS))
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        sock = context.wrap_socket(sock, server_hostname=host)
    except OSError as error:
        fail('tls', error)
    say('secured', since())
try:
    where = '[' + host + ']' if ':' in host else host
    request = 'GET ' + path + ' HTTP/1.0\\r\\nHost: ' + where + ':' + port + '\\r\\nConnection: close\\r\\n\\r\\n'
    sock.sendall(request.encode('latin-1'))
    answer = b''
    while b'\\n' not in answer and len(answer) < 1024:
        more = sock.recv(1024)
        if not more: break
        answer += more
except OSError as error:
    fail('answer', error)
first = answer.split(b'\\n')[0][:200].decode('latin-1').strip()
say('answer', ''.join(c if ' ' <= c <= '~' else '?' for c in first))
say('done', since())
`.trim();

export const python3: Probe = {
  tool: 'python3',
  programs: ['python3'],
  command: (target, limits) => [
    ...['python3', '-c', script, target.host, String(target.port), target.scheme, requestPath(target)],
    ...[String(limits.connect), String(limits.total)],
  ],
  read: (finished, target) => readScript('python3', finished, target),
};
