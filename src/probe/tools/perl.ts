import type { Probe } from '../reading.ts';
import { readScript, requestPath } from './scripted.ts';

/**
 * Prints the lines scripted.ts reads, with modules of Debian's perl-base alone, the perl of most images: it has no
 * Time::HiRes, so times are in hundredths of a second there. TLS is not among them, so an https target is asked for
 * its connection only.
 */
const script = `
use strict; use Socket; use Errno;
my ($host, $port, $scheme, $path, $connect, $total) = @ARGV;
$| = 1; alarm $total;
my $now = eval { require Time::HiRes; 1 } ? sub { Time::HiRes::time() }
  : do { require POSIX; my $tick = POSIX::sysconf(POSIX::_SC_CLK_TCK()); sub { (POSIX::times())[0] / $tick } };
my $begin = $now->();
sub since { sprintf '%.6f', $now->() - $begin }
sub fail {
  my ($step, $name, $text) = @_; $text =~ s/\\s+/ /g;
  print "failed $step $name $text\\n"; exit 1;
}
sub errno_name { my ($n) = @_; local $! = $n; for my $k (keys %!) { return $k if $!{$k} } "E$n" }
my @addresses;
if (defined &Socket::getaddrinfo) {
  my ($error, @found) = Socket::getaddrinfo($host, $port, { socktype => SOCK_STREAM });
  if ($error) {
    my $number = $error + 0;
    my ($name) = grep { no strict 'refs'; my $v = eval { &{"Socket::$_"}() }; defined $v && $v == $number }
      qw(EAI_NONAME EAI_AGAIN EAI_FAIL EAI_NODATA EAI_SYSTEM EAI_ADDRFAMILY EAI_FAMILY);
    fail('dns', $name || 'EAI', "$error");
  }
  @addresses = map { [$_->{family}, $_->{addr}] } @found;
} else {
  my $ip = inet_aton($host) or fail('dns', 'EAI', 'inet_aton found nothing');
  @addresses = ([AF_INET, pack_sockaddr_in($port, $ip)]);
}
print 'resolved ', since(), "\\n";
my ($socket, $number);
for my $address (@addresses) {
  my ($family, $packed) = @$address;
  socket(my $try, $family, SOCK_STREAM, 0) or do { $number = $! + 0; next };
  my $late = 0;
  my $ok = eval {
    local $SIG{ALRM} = sub { $late = 1; die "late\\n" };
    alarm $connect; my $r = connect($try, $packed); $number = $! + 0; alarm 0; $r;
  };
  if ($late) { $number = Errno::ETIMEDOUT(); next }
  if ($ok) { $socket = $try; my ($e, $ip) = defined &Socket::getnameinfo
    ? Socket::getnameinfo($packed, Socket::NI_NUMERICHOST()) : (0, inet_ntoa((sockaddr_in($packed))[1]));
    print 'connected ', since(), ' ', ($e ? '-' : $ip), "\\n"; last }
}
my $left = int($total - ($now->() - $begin)); alarm($left > 0 ? $left : 1);
if (!$socket) { local $! = $number; fail('connect', errno_name($number), "$!") }
if ($scheme ne 'http') { print 'done ', since(), "\\n"; exit 0 }
$SIG{PIPE} = 'IGNORE';
my $where = $host =~ /:/ ? "[$host]" : $host;
my $request = "GET $path HTTP/1.0\\r\\nHost: $where:$port\\r\\nConnection: close\\r\\n\\r\\n";
defined syswrite($socket, $request) or fail('answer', errno_name($! + 0), "$!");
my $answer = '';
while ($answer !~ /\\n/ && length($answer) < 1024) {
  my $read = sysread($socket, $answer, 1024, length $answer);
  defined $read or fail('answer', errno_name($! + 0), "$!");
  last if $read == 0;
}
my ($first) = split /\\r?\\n/, $answer; $first = '' unless defined $first;
$first = substr($first, 0, 200); $first =~ s/[^ -~]/?/g;
print "answer $first\\n"; print 'done ', since(), "\\n";
`.trim();

export const perl: Probe = {
  tool: 'perl',
  programs: ['perl'],
  command: (target, limits) => [
    ...['perl', '-e', script, target.host, String(target.port), target.scheme, requestPath(target)],
    ...[String(limits.connect), String(limits.total)],
  ],
  read: (finished, target) => readScript('perl', finished, target),
};
