import { alpine, busybox, centos, debian, distroless } from './distributions.ts';
import { root, standardPath, type Image } from './image.ts';
import { addProgram, addPrograms, addText } from './rootFiles.ts';
import { httpdConfiguration, httpdPage } from './httpdFiles.ts';
import { nginxConfiguration, nginxDefaultSite, nginxErrorPage, nginxPage } from './nginxFiles.ts';
import { parseImage } from './reference.ts';

const byDefault = {
  entrypoint: [],
  command: [],
  environment: { PATH: standardPath },
  workingDirectory: '/',
  user: root,
};
const nginxUser = ['nginx:x:101:101:nginx user:/nonexistent:/bin/false'];

/** The images that the practice lab has. */
export const images: readonly Image[] = [
  {
    ...byDefault,
    repository: 'nginx',
    userland: 'debian',
    entrypoint: ['/docker-entrypoint.sh'],
    command: ['nginx', '-g', 'daemon off;'],
    environment: { PATH: standardPath, NGINX_VERSION: '1.29.1' },
    fill: (tree) => {
      debian(tree, { users: nginxUser });
      addPrograms(tree, '/usr/bin', ['curl']);
      addProgram(tree, '/usr/sbin/nginx', 'nginx');
      addText(tree, '/docker-entrypoint.sh', '#!/bin/sh\nexec "$@"\n', 0o755);
      addText(tree, '/etc/nginx/nginx.conf', nginxConfiguration);
      addText(tree, '/etc/nginx/conf.d/default.conf', nginxDefaultSite);
      addText(tree, '/usr/share/nginx/html/index.html', nginxPage);
      addText(tree, '/usr/share/nginx/html/50x.html', nginxErrorPage);
    },
  },
  {
    ...byDefault,
    repository: 'httpd',
    userland: 'debian',
    command: ['httpd-foreground'],
    environment: {
      PATH: `/usr/local/apache2/bin:${standardPath}`,
      HTTPD_PREFIX: '/usr/local/apache2',
      HTTPD_VERSION: '2.4.65',
    },
    workingDirectory: '/usr/local/apache2',
    fill: (tree) => {
      debian(tree);
      addPrograms(tree, '/usr/local/apache2/bin', ['httpd']);
      addText(
        tree,
        '/usr/local/bin/httpd-foreground',
        '#!/bin/sh\nset -e\nexec httpd -DFOREGROUND "$@"\n',
        0o755,
      );
      addText(tree, '/usr/local/apache2/conf/httpd.conf', httpdConfiguration);
      addText(tree, '/usr/local/apache2/htdocs/index.html', httpdPage);
    },
  },
  {
    ...byDefault,
    repository: 'ubuntu',
    userland: 'debian',
    command: ['/bin/bash'],
    fill: (tree) => debian(tree, { ubuntu: true }),
  },
  { ...byDefault, repository: 'debian', userland: 'debian', command: ['bash'], fill: (tree) => debian(tree) },
  { ...byDefault, repository: 'centos', userland: 'redhat', command: ['/bin/bash'], fill: centos },
  {
    ...byDefault,
    repository: 'alpine',
    userland: 'alpine',
    command: ['/bin/sh'],
    fill: (tree) => alpine(tree),
  },
  {
    ...byDefault,
    repository: 'busybox',
    userland: 'busybox',
    command: ['sh'],
    fill: (tree) => busybox(tree),
  },
  {
    ...byDefault,
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
      addText(
        tree,
        '/entrypoint.sh',
        '#!/bin/sh\nset -e\nif [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ]; then\n  set -- curl "$@"\nfi\nexec "$@"\n',
        0o755,
      );
    },
  },
  {
    ...byDefault,
    repository: 'distroless/static',
    userland: 'none',
    user: { uid: 0, gid: 0 },
    fill: distroless,
  },
];

/** The image of a reference, or why it cannot be pulled. */
export function findImage(
  reference: string,
): { image: Image } | { problem: 'InvalidImageName' | 'ErrImagePull'; message: string } {
  const parsed = parseImage(reference);
  if (parsed === undefined) {
    return {
      problem: 'InvalidImageName',
      message: `Failed to apply default image tag "${reference}": couldn't parse image name "${reference}": invalid reference format`,
    };
  }
  const image = images.find(({ repository }) => repository === parsed.repository);
  if (image) return { image };
  return {
    problem: 'ErrImagePull',
    message: `failed to pull and unpack image "${parsed.canonical}": the practice lab has no such image`,
  };
}
