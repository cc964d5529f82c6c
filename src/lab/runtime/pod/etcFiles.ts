import type { Mount } from '../fs/fileSystem.ts';
import { FileTree } from '../fs/inode.ts';
import { inNamespace, podAddresses, type Pod, type Service } from '../kube.ts';
import type { ClusterView } from '../types.ts';

const byDefault = { nameserver: '10.96.0.10', domain: 'cluster.local' };

/** The pod's host name: `spec.hostname` or its name, cut to 63 characters; a host network pod has its node's. */
export function hostnameOf(pod: Pod): string {
  if (pod.spec?.hostNetwork === true) return pod.spec.nodeName ?? pod.metadata.name;
  return (pod.spec?.hostname ?? pod.metadata.name).slice(0, 63).replace(/[-.]+$/, '');
}

/** The files that the kubelet writes for all containers of a pod. */
export class PodEtcFiles {
  private readonly tree = new FileTree(1_048_576);
  readonly mounts: readonly Mount[];

  constructor(view: ClusterView, pod: Pod) {
    const texts: Readonly<Record<string, string>> = {
      '/etc/hosts': hostsFile(pod),
      '/etc/hostname': `${hostnameOf(pod)}\n`,
      '/etc/resolv.conf': resolvConf(view, pod),
    };
    this.mounts = Object.entries(texts).map(([path, text]) => {
      const node = this.tree.file(text);
      this.tree.place(path, node);
      return { path, tree: this.tree, node, readOnly: false };
    });
  }
}

function hostsFile(pod: Pod): string {
  const lines = [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
  ];
  const hostname = hostnameOf(pod);
  const { subdomain } = pod.spec ?? {};
  const full =
    subdomain === undefined ? '' : `${hostname}.${subdomain}.${inNamespace(pod)}.svc.${byDefault.domain}\t`;
  for (const address of podAddresses(pod)) lines.push(`${address}\t${full}${hostname}`);
  const aliases = pod.spec?.hostAliases ?? [];
  if (aliases.length > 0) lines.push('', '# Entries added by HostAliases.');
  for (const { ip, hostnames } of aliases) lines.push(`${ip}\t${(hostnames ?? []).join('\t')}`);
  return `${lines.join('\n')}\n`;
}

/** /etc/resolv.conf by dnsPolicy: cluster DNS, the node's own (the lab's nodes have none), or only dnsConfig. */
function resolvConf(view: ClusterView, pod: Pod): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork } = pod.spec ?? {};
  const clusterFirst =
    dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && hostNetwork !== true);
  const namespace = inNamespace(pod);
  const nameservers = clusterFirst ? [clusterDns(view)] : dnsPolicy === 'None' ? [] : ['192.0.2.53'];
  const searches = clusterFirst
    ? [`${namespace}.svc.${byDefault.domain}`, `svc.${byDefault.domain}`, byDefault.domain]
    : [];
  const options = new Map<string, string>(clusterFirst ? [['ndots', '5']] : []);
  for (const { name, value } of dnsConfig?.options ?? []) options.set(name, value ?? '');
  const allServers = [...nameservers, ...(dnsConfig?.nameservers ?? [])];
  const allSearches = [...searches, ...(dnsConfig?.searches ?? [])];
  const lines = [
    ...(allSearches.length > 0 ? [`search ${allSearches.join(' ')}`] : []),
    ...allServers.map((server) => `nameserver ${server}`),
    ...(options.size > 0
      ? [
          `options ${[...options].map(([name, value]) => (value === '' ? name : `${name}:${value}`)).join(' ')}`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function clusterDns(view: ClusterView): string {
  const service = [...(view.services() as Iterable<Service>)].find(
    ({ metadata }) => metadata.name === 'kube-dns' && metadata.namespace === 'kube-system',
  );
  return service?.spec?.clusterIP ?? byDefault.nameserver;
}
