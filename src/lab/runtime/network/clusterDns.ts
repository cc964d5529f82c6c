import { inNamespace, type Pod, type Service } from '../kube.ts';
import type { ClusterView } from '../types.ts';
import type { DnsAnswer, DnsQuestion, DnsRecord, RecordType } from './dns.ts';
import { serviceAddresses, type ServiceTable } from './services.ts';

const domain = 'cluster.local';
const ttl = 30;

/** What an ancestor of existing names answers: the name is there, records of the type are not. */
const noData: DnsAnswer = { status: 'NOERROR', records: [] };
const unknown: DnsAnswer = { status: 'NXDOMAIN', records: [] };

/** The names of a cluster, after the Kubernetes DNS specification 1.1.0. Reads the store as it is now. */
export class ClusterDns {
  private readonly view: ClusterView;
  private readonly services: ServiceTable;

  constructor(view: ClusterView, services: ServiceTable) {
    this.view = view;
    this.services = services;
  }

  answer(question: DnsQuestion): DnsAnswer {
    const name = question.name.toLowerCase().replace(/\.$/, '');
    if (name.endsWith('.in-addr.arpa') || name.endsWith('.ip6.arpa'))
      return this.reverse({ ...question, name });
    if (name !== domain && !name.endsWith(`.${domain}`)) return outside(name);
    const labels = name === domain ? [] : name.slice(0, -domain.length - 1).split('.');
    const zone = labels.at(-1);
    if (zone === undefined) return this.zoneRecords(question.type);
    if (zone === 'svc') return this.service(labels.slice(0, -1), { ...question, name });
    if (zone === 'pod') return pod(labels.slice(0, -1), { ...question, name });
    if (name === `dns-version.${domain}`) return found(name, question.type, [['TXT', '"1.1.0"']]);
    return unknown;
  }

  /** `[_port._protocol | hostname].service.namespace` below `svc`. */
  private service(labels: readonly string[], question: DnsQuestion): DnsAnswer {
    const namespace = labels.at(-1);
    const serviceName = labels.at(-2);
    if (namespace === undefined) return noData;
    if (serviceName === undefined) return this.namespaceExists(namespace) ? noData : unknown;
    const service = this.find(namespace, serviceName);
    if (service === undefined) return unknown;
    const rest = labels.slice(0, -2);
    if (service.spec?.type === 'ExternalName') {
      return rest.length > 0 ? unknown : this.alias(question, service.spec.externalName ?? '');
    }
    const headless = serviceAddresses(service).length === 0;
    const [first = '', second] = rest;
    if (rest.length === 2 && first.startsWith('_') && second?.startsWith('_') === true) {
      return this.port(service, headless, question, first.slice(1), second.slice(1));
    }
    if (rest.length > 1 || (rest.length === 1 && !headless)) return unknown;
    if (!headless)
      return found(question.name, question.type, addressRecords(serviceAddresses(service).slice(0, 2)));
    const endpoints = this.endpointsOf(service);
    const chosen = rest.length === 0 ? endpoints : endpoints.filter(({ hostname }) => hostname === first);
    if (rest.length === 1 && chosen.length === 0) return unknown;
    return found(
      question.name,
      question.type,
      addressRecords([...new Set(chosen.map(({ address }) => address))]),
    );
  }

  private port(
    service: Service,
    headless: boolean,
    question: DnsQuestion,
    port: string,
    protocol: string,
  ): DnsAnswer {
    const base = `${service.metadata.name}.${inNamespace(service)}.svc.${domain}`;
    const matching = (service.spec?.ports ?? []).filter(
      (p) => p.name?.toLowerCase() === port && (p.protocol ?? 'TCP').toLowerCase() === protocol,
    );
    if (matching.length === 0) return unknown;
    const records = headless
      ? this.endpointsOf(service).flatMap(({ hostname, ports }) =>
          ports
            .filter(({ name }) => name === port)
            .map((p): [RecordType, string] => ['SRV', `0 100 ${p.port} ${hostname}.${base}`]),
        )
      : matching.map((p): [RecordType, string] => ['SRV', `0 100 ${p.port} ${base}`]);
    return found(question.name, question.type, records);
  }

  /** Ready endpoints of a headless service; without a host name they are called by their address. */
  private endpointsOf(
    service: Service,
  ): { address: string; hostname: string; ports: { name: string; port: number }[] }[] {
    return this.services.slicesOf(service).flatMap((slice) =>
      (slice.endpoints ?? [])
        .filter(
          ({ conditions }) => conditions?.ready !== false || service.spec?.publishNotReadyAddresses === true,
        )
        .flatMap(({ addresses = [], hostname }) =>
          addresses.map((address) => ({
            address,
            hostname: hostname ?? address.replaceAll(/[.:]/g, '-'),
            ports: (slice.ports ?? []).flatMap(({ name = '', port }) =>
              port === undefined ? [] : [{ name, port }],
            ),
          })),
        ),
    );
  }

  private alias(question: DnsQuestion, target: string): DnsAnswer {
    const cname: DnsRecord = { name: question.name, type: 'CNAME', ttl, data: target.replace(/\.$/, '') };
    if (question.type === 'CNAME') return { status: 'NOERROR', records: [cname] };
    const followed = this.answer({ name: target, type: question.type });
    // The alias is answered even when its target cannot be resolved.
    return { ...followed, records: [cname, ...followed.records] };
  }

  private reverse(question: DnsQuestion): DnsAnswer {
    const address = question.name
      .replace(/\.in-addr\.arpa$/, '')
      .split('.')
      .reverse()
      .join('.');
    for (const service of this.view.services() as Iterable<Service>) {
      if (serviceAddresses(service).includes(address)) {
        return found(question.name, question.type, [
          ['PTR', `${service.metadata.name}.${inNamespace(service)}.svc.${domain}`],
        ]);
      }
    }
    for (const service of this.view.services() as Iterable<Service>) {
      if (serviceAddresses(service).length > 0) continue;
      const endpoint = this.endpointsOf(service).find((candidate) => candidate.address === address);
      if (endpoint) {
        return found(question.name, question.type, [
          ['PTR', `${endpoint.hostname}.${service.metadata.name}.${inNamespace(service)}.svc.${domain}`],
        ]);
      }
    }
    return unknown;
  }

  private zoneRecords(type: RecordType): DnsAnswer {
    return found(domain, type, [
      ['SOA', `ns.dns.${domain} hostmaster.${domain} 1 7200 1800 86400 ${ttl}`],
      ['NS', `kube-dns.kube-system.svc.${domain}`],
    ]);
  }

  private find(namespace: string, name: string): Service | undefined {
    return [...(this.view.services() as Iterable<Service>)].find(
      (service) => inNamespace(service) === namespace && service.metadata.name === name,
    );
  }

  private namespaceExists(name: string): boolean {
    if (this.view.namespaces)
      return [...this.view.namespaces()].some(({ metadata }) => metadata.name === name);
    return [...(this.view.pods() as Iterable<Pod>)].some((object) => inNamespace(object) === name);
  }
}

/** `10-244-1-3.default.pod.cluster.local`: answered for any address, as CoreDNS does with `pods insecure`. */
function pod(labels: readonly string[], question: DnsQuestion): DnsAnswer {
  const [dashed = '', namespace] = labels;
  if (labels.length < 2) return noData;
  const address = dashed.replaceAll('-', '.');
  if (labels.length > 2 || namespace === undefined || !/^(\d{1,3}\.){3}\d{1,3}$/.test(address))
    return unknown;
  return found(question.name, question.type, [['A', address]]);
}

/** Names of the internet: the real CoreDNS would forward them. */
function outside(name: string): DnsAnswer {
  // A name without a dot is nobody's: that is how the search list ends.
  if (!name.includes('.')) return unknown;
  return {
    status: 'SERVFAIL',
    records: [],
    note: `practice lab: ${name} is outside of the lab, which has no internet.`,
  };
}

function addressRecords(addresses: readonly string[]): [RecordType, string][] {
  return addresses.map((address) => [address.includes(':') ? 'AAAA' : 'A', address]);
}

function found(
  name: string,
  type: RecordType,
  records: readonly (readonly [RecordType, string])[],
): DnsAnswer {
  const fitting = records.filter(([kind]) => type === 'ANY' || kind === type);
  return { status: 'NOERROR', records: fitting.map(([kind, data]) => ({ name, type: kind, ttl, data })) };
}
