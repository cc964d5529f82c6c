import { debian, distroless } from './distributions.ts';
import { imageDefaults, type Image } from './image.ts';
import { addProgram, addText } from './rootFiles.ts';

const static_ = { ...imageDefaults, userland: 'none' } as const;

/** Kubernetes' own images, images without a shell, and databases. */
export const clusterImages: readonly Image[] = [
  {
    ...static_,
    repository: 'e2e-test-images/agnhost',
    entrypoint: ['/agnhost'],
    command: ['pause'],
    fill: (tree) => {
      distroless(tree);
      addProgram(tree, '/agnhost', 'agnhost');
    },
  },
  {
    ...static_,
    repository: 'pause',
    entrypoint: ['/pause'],
    user: { uid: 65_535, gid: 65_535 },
    fill: (tree) => {
      distroless(tree);
      addProgram(tree, '/pause', 'pause');
    },
  },
  {
    ...static_,
    repository: 'coredns/coredns',
    entrypoint: ['/coredns'],
    fill: (tree) => {
      distroless(tree);
      addProgram(tree, '/coredns', 'coredns');
      addText(
        tree,
        '/etc/coredns/Corefile',
        '.:53 {\n    errors\n    health\n    ready\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        pods insecure\n    }\n}\n',
      );
    },
  },
  {
    ...static_,
    repository: 'kube-proxy',
    // Which addresses lead where is looked up in the objects: the program only has to run.
    entrypoint: ['/pause'],
    fill: (tree) => {
      distroless(tree);
      addProgram(tree, '/pause', 'pause');
    },
  },
  {
    ...static_,
    repository: 'istio/proxyv2',
    entrypoint: ['/usr/local/bin/pilot-agent'],
    command: ['proxy', 'sidecar'],
    fill: (tree) => {
      distroless(tree);
      addProgram(tree, '/usr/local/bin/pilot-agent', 'pilot-agent');
    },
  },
  {
    ...static_,
    repository: 'distroless/static',
    fill: (tree) => {
      distroless(tree);
      addProgram(tree, '/pause', 'pause');
    },
  },
  {
    ...imageDefaults,
    repository: 'redis',
    userland: 'debian',
    command: ['redis-server'],
    workingDirectory: '/data',
    fill: (tree) => {
      debian(tree);
      for (const name of ['redis-server', 'redis-cli']) addProgram(tree, `/usr/local/bin/${name}`, name);
    },
  },
  {
    ...imageDefaults,
    repository: 'postgres',
    userland: 'debian',
    command: ['postgres'],
    fill: (tree) => {
      debian(tree, { users: ['postgres:x:999:999::/var/lib/postgresql:/bin/bash'] });
      addProgram(tree, '/usr/local/bin/postgres', 'postgres');
    },
  },
  {
    ...imageDefaults,
    repository: 'mysql',
    userland: 'debian',
    command: ['mysqld'],
    fill: (tree) => {
      debian(tree, { users: ['mysql:x:999:999::/var/lib/mysql:/bin/bash'] });
      addProgram(tree, '/usr/local/bin/mysqld', 'mysqld');
    },
  },
];
