/** What installing a package adds: paths of executables and the programs behind them. */
export interface PackageContent {
  readonly version: string;
  readonly programs: Readonly<Record<string, string>>;
  /** Whether it brings others along, so that apt asks before it installs. */
  readonly dependencies: readonly string[];
}

function content(
  version: string,
  names: Readonly<Record<string, string>> | readonly string[],
  dependencies: readonly string[] = [],
): PackageContent {
  const programs = Array.isArray(names)
    ? Object.fromEntries((names as readonly string[]).map((name) => [`/usr/bin/${name}`, name]))
    : (names as Readonly<Record<string, string>>);
  return { version, programs, dependencies };
}

const nc = { '/usr/bin/nc': 'nc', '/usr/bin/netcat': 'nc' };
const dns = { '/usr/bin/dig': 'dig', '/usr/bin/nslookup': 'nslookup', '/usr/bin/host': 'host' };
const netTools = {
  '/usr/bin/netstat': 'netstat',
  '/usr/sbin/ifconfig': 'ifconfig',
  '/usr/sbin/route': 'route',
};
const procps = {
  '/usr/bin/ps': 'ps',
  '/usr/bin/kill': 'kill',
  '/usr/bin/free': 'free',
  '/usr/bin/uptime': 'uptime',
  '/usr/bin/pgrep': 'pgrep',
};
const iproute = { '/usr/bin/ss': 'ss', '/usr/sbin/ip': 'ip', '/usr/bin/ip': 'ip' };
const editors = { '/usr/bin/vi': 'vi', '/usr/bin/vim': 'vi' };

const debian: Readonly<Record<string, PackageContent>> = {
  curl: content('7.88.1-10+deb12u12', ['curl'], ['libcurl4', 'ca-certificates', 'openssl']),
  wget: content('1.21.3-1+deb12u1', { '/usr/bin/wget': 'wget' }, ['libpsl5', 'ca-certificates']),
  netcat: content('1.219-1', nc, ['libbsd0']),
  'netcat-openbsd': content('1.219-1', nc, ['libbsd0']),
  'netcat-traditional': content('1.10-47', nc),
  ncat: content('7.93', { ...nc, '/usr/bin/ncat': 'nc' }, ['liblua5.3-0']),
  dnsutils: content('9.18.33', dns, ['bind9-dnsutils', 'bind9-libs']),
  'bind9-dnsutils': content('9.18.33', dns, ['bind9-libs']),
  'bind9-host': content('9.18.33', { '/usr/bin/host': 'host' }, ['bind9-libs']),
  iproute2: content('6.1.0-3', iproute, ['libbpf1', 'libmnl0']),
  'iputils-ping': content('20221126-1', { '/usr/bin/ping': 'ping' }, ['libcap2-bin']),
  'net-tools': content('2.10-0.1', netTools),
  procps: content('4.0.2-3', procps, ['libproc2-0']),
  telnet: content('0.17+2.4', ['telnet'], ['inetutils-telnet']),
  python3: content('3.11.2-1+b1', ['python3'], ['python3-minimal', 'libpython3-stdlib']),
  'python3-minimal': content('3.11.2-1+b1', ['python3']),
  jq: content('1.6-2.1', ['jq'], ['libjq1']),
  tree: content('2.1.0-1', ['tree']),
  file: content('5.44-3', ['file'], ['libmagic1']),
  'redis-tools': content('7.0.15-1', ['redis-cli'], ['libjemalloc2']),
  busybox: content('1.35.0-4', ['busybox']),
  vim: content('9.0.1378-2', editors, ['vim-runtime']),
  nano: content('7.2-1', { '/usr/bin/nano': 'nano' }, ['libncursesw6']),
  'apt-transport-https': content('2.6.1', []),
  'ca-certificates': content('20230311', [], ['openssl']),
  bash: content('5.2.15-2+b8', []),
  perl: content('5.36.0-7', []),
};

const alpine: Readonly<Record<string, PackageContent>> = {
  curl: content('8.14.1-r1', ['curl']),
  wget: content('1.25.0-r1', { '/usr/bin/wget': 'wget' }),
  bash: content('5.2.37-r0', { '/bin/bash': 'bash' }),
  'bind-tools': content('9.20.11-r0', dns),
  'busybox-extras': content('1.37.0-r18', { '/usr/bin/telnet': 'telnet' }),
  iproute2: content('6.15.0-r0', { '/sbin/ip': 'ip', '/sbin/ss': 'ss' }),
  iputils: content('20240905-r0', { '/bin/ping': 'ping' }),
  'netcat-openbsd': content('1.229-r0', { '/usr/bin/nc': 'nc' }),
  python3: content('3.12.11-r0', ['python3']),
  perl: content('5.40.3-r0', ['perl']),
  jq: content('1.8.0-r0', ['jq']),
  procps: content('4.0.4-r3', procps),
  coreutils: content('9.7-r1', []),
  redis: content('8.0.3-r0', ['redis-cli']),
  vim: content('9.1.1415-r0', editors),
  nano: content('8.4-r0', { '/usr/bin/nano': 'nano' }),
};

const redhat: Readonly<Record<string, PackageContent>> = {
  curl: content('7.61.1-34.el8', ['curl']),
  wget: content('1.19.5-12.el8', { '/usr/bin/wget': 'wget' }),
  nc: content('7.92-1.el8', nc),
  'nmap-ncat': content('7.92-1.el8', { ...nc, '/usr/bin/ncat': 'nc' }),
  'bind-utils': content('9.11.36-16.el8', dns),
  iproute: content('6.2.0-6.el8', { '/usr/sbin/ip': 'ip', '/usr/sbin/ss': 'ss' }),
  iputils: content('20180629-11.el8', { '/usr/bin/ping': 'ping' }),
  'net-tools': content('2.0-0.52.el8', netTools),
  'procps-ng': content('3.3.15-14.el8', procps),
  telnet: content('0.17-76.el8', ['telnet']),
  python3: content('3.6.8-62.el8', ['python3']),
  perl: content('5.26.3-422.el8', ['perl']),
  jq: content('1.6-9.el8', ['jq']),
  vim: content('8.0.1763-19.el8', editors),
  nano: content('2.9.8-1.el8', { '/usr/bin/nano': 'nano' }),
};

/** The packages that the lab's distributions offer. */
export const packageLists = { debian, alpine, redhat } as const;
