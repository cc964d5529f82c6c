import { podAddresses, type Container, type Pod } from '../kube.ts';

/** The value of a `fieldRef` path; undefined for a path that Kubernetes does not offer. */
export function podField(pod: Pod, path: string): string | undefined {
  const { metadata, spec, status } = pod;
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (keyed) return metadata[keyed[1] === 'labels' ? 'labels' : 'annotations']?.[keyed[2] ?? ''] ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? 'default';
    case 'metadata.uid':
      return metadata.uid;
    case 'metadata.labels':
      return pairs(metadata.labels);
    case 'metadata.annotations':
      return pairs(metadata.annotations);
    case 'spec.nodeName':
      return spec?.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec?.serviceAccountName ?? 'default';
    case 'status.podIP':
      return podAddresses(pod)[0] ?? '';
    case 'status.podIPs':
      return podAddresses(pod).join(',');
    case 'status.hostIP':
    case 'status.hostIPs':
      return status?.hostIP ?? '';
    default:
      return undefined;
  }
}

function pairs(map: Record<string, string> | undefined): string {
  return Object.entries(map ?? {})
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}

/** The value of a `resourceFieldRef`, in whole cores or bytes. */
export function resourceField(container: Container | undefined, resource: string): string {
  const [kind = 'limits', name = ''] = resource.split('.', 2);
  const quantity = container?.resources?.[kind === 'requests' ? 'requests' : 'limits']?.[name] ?? '0';
  const [, number = '0', suffix = ''] = /^([\d.]+)(.*)$/.exec(quantity) ?? [];
  const factors: Readonly<Record<string, number>> = {
    m: 0.001,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    Ki: 1024,
    Mi: 1_048_576,
    Gi: 1_073_741_824,
  };
  return String(Math.ceil(Number(number) * (factors[suffix] ?? 1)));
}
