import { alpine, debian, redHat, type RedHat } from './distributions.ts';
import { imageDefaults, type Image } from './image.ts';
import { addProgram, addPrograms, addText } from './rootFiles.ts';

const curlEntrypoint = `#!/bin/sh
set -e
if [ "\${1#-}" != "\${1}" ] || [ -z "$(command -v "\${1}")" ]; then
  set -- curl "$@"
fi
exec "$@"
`;

const everyTool = {
  '/usr/bin': [
    'bash',
    'curl',
    'wget',
    'nc',
    'dig',
    'nslookup',
    'host',
    'ping',
    'ps',
    'netstat',
    'telnet',
    'traceroute',
    'jq',
    'python3',
    'perl',
    'redis-cli',
    'getent',
  ],
  '/sbin': ['ip', 'ifconfig', 'route', 'ss'],
} as const;

/** Distributions and tool boxes. */
export const systemImages: readonly Image[] = [
  {
    ...imageDefaults,
    repository: 'ubuntu',
    userland: 'debian',
    command: ['/bin/bash'],
    fill: (tree) => debian(tree, { ubuntu: true }),
  },
  {
    ...imageDefaults,
    repository: 'debian',
    userland: 'debian',
    command: ['bash'],
    fill: (tree) => debian(tree),
  },
  redHatImage('centos', { name: 'CentOS Linux', id: 'centos', version: '8', managers: ['yum', 'dnf'] }),
  redHatImage('fedora', { name: 'Fedora Linux', id: 'fedora', version: '42', managers: ['yum', 'dnf'] }),
  redHatImage('rockylinux', { name: 'Rocky Linux', id: 'rocky', version: '9.3', managers: ['yum', 'dnf'] }),
  redHatImage('almalinux', { name: 'AlmaLinux', id: 'almalinux', version: '9.6', managers: ['yum', 'dnf'] }),
  redHatImage('ubi-minimal', {
    name: 'Red Hat Enterprise Linux',
    id: 'rhel',
    version: '9.6',
    managers: ['microdnf'],
  }),
  {
    ...imageDefaults,
    repository: 'alpine',
    userland: 'alpine',
    command: ['/bin/sh'],
    fill: (tree) => alpine(tree),
  },
  {
    ...imageDefaults,
    repository: 'curlimages/curl',
    userland: 'alpine',
    entrypoint: ['/entrypoint.sh'],
    command: ['curl'],
    workingDirectory: '/home/curl_user',
    user: { uid: 100, gid: 101 },
    fill: (tree) => {
      alpine(tree, ['curl_user:x:100:101:Linux User,,,:/home/curl_user:/sbin/nologin']);
      tree.place('/home/curl_user', tree.directory({ uid: 100, gid: 101 }));
      addProgram(tree, '/usr/bin/curl', 'curl');
      addText(tree, '/entrypoint.sh', curlEntrypoint, 0o755);
    },
  },
  {
    ...imageDefaults,
    repository: 'nicolaka/netshoot',
    userland: 'alpine',
    command: ['bash'],
    workingDirectory: '/root',
    fill: (tree) => {
      alpine(tree);
      for (const [folder, names] of Object.entries(everyTool)) addPrograms(tree, folder, names);
      // Before busybox' own on the PATH.
      for (const name of ['nslookup', 'ping', 'nc', 'ps']) addProgram(tree, `/bin/${name}`, name);
    },
  },
];

function redHatImage(repository: string, distribution: RedHat): Image {
  return {
    ...imageDefaults,
    repository,
    userland: 'redhat',
    command: ['/bin/bash'],
    fill: (tree) => redHat(tree, distribution),
  };
}
