import { alpine, busybox, debian, distroless } from './distributions.ts';
import { httpdConfiguration, httpdPage } from './httpdFiles.ts';
import { imageDefaults, standardPath, type Image } from './image.ts';
import { nginxConfiguration, nginxDefaultSite, nginxErrorPage, nginxPage } from './nginxFiles.ts';
import { addProgram, addPrograms, addText } from './rootFiles.ts';
import type { FileTree } from '../fs/inode.ts';

const nginxUser = ['nginx:x:101:101:nginx user:/nonexistent:/bin/false'];

function nginxFiles(tree: FileTree): void {
  addProgram(tree, '/usr/sbin/nginx', 'nginx');
  addText(tree, '/docker-entrypoint.sh', '#!/bin/sh\nexec "$@"\n', 0o755);
  addText(tree, '/etc/nginx/nginx.conf', nginxConfiguration);
  addText(tree, '/etc/nginx/conf.d/default.conf', nginxDefaultSite);
  addText(tree, '/usr/share/nginx/html/index.html', nginxPage);
  addText(tree, '/usr/share/nginx/html/50x.html', nginxErrorPage);
}

function httpdFiles(tree: FileTree): void {
  addPrograms(tree, '/usr/local/apache2/bin', ['httpd']);
  addText(
    tree,
    '/usr/local/bin/httpd-foreground',
    '#!/bin/sh\nset -e\nexec httpd -DFOREGROUND "$@"\n',
    0o755,
  );
  addText(tree, '/usr/local/apache2/conf/httpd.conf', httpdConfiguration);
  addText(tree, '/usr/local/apache2/htdocs/index.html', httpdPage);
}

/** Web servers and the small HTTP programs of tutorials. */
export const webImages: readonly Image[] = [
  {
    ...imageDefaults,
    repository: 'nginx',
    userland: 'debian',
    alpineTags: true,
    entrypoint: ['/docker-entrypoint.sh'],
    command: ['nginx', '-g', 'daemon off;'],
    environment: { PATH: standardPath, NGINX_VERSION: '1.29.1' },
    fill: (tree, alpineTag) => {
      if (alpineTag) alpine(tree, nginxUser);
      else debian(tree, { users: nginxUser });
      addPrograms(tree, '/usr/bin', ['curl']);
      nginxFiles(tree);
    },
  },
  {
    ...imageDefaults,
    repository: 'httpd',
    userland: 'debian',
    alpineTags: true,
    command: ['httpd-foreground'],
    environment: {
      PATH: `/usr/local/apache2/bin:${standardPath}`,
      HTTPD_PREFIX: '/usr/local/apache2',
      HTTPD_VERSION: '2.4.65',
    },
    workingDirectory: '/usr/local/apache2',
    fill: (tree, alpineTag) => {
      if (alpineTag) alpine(tree);
      else debian(tree);
      httpdFiles(tree);
    },
  },
  {
    ...imageDefaults,
    repository: 'hashicorp/http-echo',
    userland: 'none',
    entrypoint: ['/http-echo'],
    user: { uid: 65_532, gid: 65_532 },
    fill: (tree) => {
      distroless(tree);
      addProgram(tree, '/http-echo', 'http-echo');
    },
  },
  {
    ...imageDefaults,
    repository: 'python',
    userland: 'debian',
    alpineTags: true,
    command: ['python3'],
    fill: (tree, alpineTag) => {
      if (alpineTag) alpine(tree);
      else debian(tree);
      addPrograms(tree, '/usr/local/bin', ['python3', 'python']);
      if (!alpineTag) addPrograms(tree, '/usr/bin', ['curl', 'wget']);
    },
  },
  {
    ...imageDefaults,
    repository: 'node',
    userland: 'debian',
    alpineTags: true,
    command: ['node'],
    fill: (tree, alpineTag) => {
      if (alpineTag) alpine(tree);
      else debian(tree);
      addPrograms(tree, '/usr/local/bin', ['node']);
      if (!alpineTag) addPrograms(tree, '/usr/bin', ['curl', 'wget', 'python3']);
    },
  },
  {
    ...imageDefaults,
    repository: 'busybox',
    userland: 'busybox',
    command: ['sh'],
    fill: (tree) => {
      busybox(tree);
      addPrograms(tree, '/bin', ['telnet']);
      addProgram(tree, '/bin/httpd', 'busybox-httpd');
    },
  },
];
