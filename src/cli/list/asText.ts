import type { Pod, Service, Volume } from '../../model/objects.ts';
import { serviceEndpoints } from '../../model/serviceEndpoints.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { mountsOf } from '../../model/volumeMounts.ts';
import { table } from '../table.ts';
import type { Readable } from './readable.ts';
import { ServicesOfPods } from './servicesOfPods.ts';

/** Three aligned tables: pods, services, volumes. Those that could not be read are left out. */
export function listText(snapshot: Snapshot, readable: Readable, withNamespace: boolean): string {
  const sections: string[] = [];
  const add = (title: string, heading: readonly string[], rows: readonly (readonly string[])[]): void => {
    const columns = withNamespace ? 0 : 1;
    const cut = (row: readonly string[]): readonly string[] => row.slice(columns);
    sections.push(rows.length === 0 ? `${title}: none\n` : `${title}\n${table(cut(heading), rows.map(cut))}`);
  };
  const pods = snapshot.all('Pod');
  const services = new ServicesOfPods(snapshot);
  if (readable.Pod) {
    add(
      'Pods',
      ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'IP', 'NODE', 'PORTS', 'SERVICES'],
      pods.map((pod) => podRow(services, pod, readable)),
    );
  }
  if (readable.Service) {
    add(
      'Services',
      ['NAMESPACE', 'NAME', 'TYPE', 'CLUSTER-IP', 'PORTS', 'SELECTOR', 'ENDPOINTS'],
      snapshot.all('Service').map((service) => serviceRow(snapshot, service, readable)),
    );
  }
  if (readable.Pod) {
    add('Volumes', ['NAMESPACE', 'POD', 'VOLUME', 'KIND', 'SOURCE', 'MOUNTS'], pods.flatMap(volumeRows));
    const automatic = pods.flatMap(({ volumes }) => volumes.filter(isAutomatic)).length;
    if (automatic > 0) {
      sections.push(
        `(and ${automatic} kube-api-access volumes, which Kubernetes adds to pods; -o json has them)\n`,
      );
    }
  }
  return sections.join('\n');
}

function podRow(services: ServicesOfPods, pod: Pod, readable: Readable): readonly string[] {
  const counted = pod.containers.filter(({ role }) => role === 'main' || role === 'sidecar');
  const ports = counted
    .flatMap((container) => container.ports)
    .map(({ port, protocol }) => (protocol === 'TCP' ? String(port) : `${port}/${protocol}`));
  return [
    pod.namespace,
    pod.name,
    `${counted.filter(({ ready }) => ready).length}/${counted.length}`,
    pod.reason?.word ?? pod.phase,
    pod.ips.join(','),
    pod.nodeName,
    ports.join(','),
    readable.Service ? services.namesOf(pod).join(',') : '?',
  ];
}

function serviceRow(snapshot: Snapshot, service: Service, readable: Readable): readonly string[] {
  const ports = service.ports.map(
    ({ port, nodePort, protocol }) => `${port}${nodePort === undefined ? '' : `:${nodePort}`}/${protocol}`,
  );
  const selector = Object.entries(service.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  return [
    service.namespace,
    service.name,
    service.headless ? 'headless' : service.type,
    service.headless ? 'None' : service.clusterIPs.join(',') || service.externalName,
    ports.join(','),
    selector.join(','),
    readable.EndpointSlice ? endpointsText(snapshot, service) : '?',
  ];
}

/** Up to four endpoints, those not ready marked by a word. */
function endpointsText(snapshot: Snapshot, service: Service): string {
  if (service.type === 'ExternalName') return '';
  const all = serviceEndpoints(snapshot, service).map(({ ip, port, protocol, podRef, ready }) => {
    const kind = protocol === 'TCP' ? '' : `/${protocol}`;
    const address = `${ip.includes(':') ? `[${ip}]` : ip}:${port ?? '?'}${kind}`;
    return `${address}${podRef === undefined ? '' : `=${podRef.name}`}${ready ? '' : ' (not ready)'}`;
  });
  if (all.length === 0) return 'none';
  return [...all.slice(0, 4), ...(all.length > 4 ? [`and ${all.length - 4} more`] : [])].join(', ');
}

/** The volume with the service account's token, which the admission of every pod adds. */
const tokenVolume = /^kube-api-access-[a-z0-9]{5}$/;

function isAutomatic(volume: Volume): boolean {
  return volume.kind === 'projected' && tokenVolume.test(volume.name);
}

function volumeRows(pod: Pod): readonly (readonly string[])[] {
  return pod.volumes
    .filter((volume) => !isAutomatic(volume))
    .map((volume) => [
      pod.namespace,
      pod.name,
      volume.name,
      volume.kind,
      volume.source,
      mountsOf(pod, volume)
        .map(({ container, path, readOnly, subPath }) => {
          const part = subPath === '' ? '' : ` (subPath ${subPath})`;
          return `${container}:${path}${readOnly ? ' (read-only)' : ''}${part}`;
        })
        .join(', '),
    ]);
}
