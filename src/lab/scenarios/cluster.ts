/** What every cluster has before anybody applies anything: namespaces, nodes, the API's own service, DNS. */
import { labVersion } from '../labVersion.ts';

interface NodeFacts {
  name: string;
  address: string;
  podRange: string;
}

const nodes: readonly NodeFacts[] = [
  { name: 'node1', address: '172.30.0.11', podRange: '10.244.1.0/24' },
  { name: 'node2', address: '172.30.0.12', podRange: '10.244.2.0/24' },
];

function condition(type: string, status: string, reason: string, message: string): Record<string, string> {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  return { type, status, lastHeartbeatTime: time, lastTransitionTime: time, reason, message };
}

/** A node with its range of pod addresses. */
export function nodeObject({ name, address, podRange }: NodeFacts): Record<string, unknown> {
  const size = { cpu: '2', 'ephemeral-storage': '50Gi', memory: '8Gi', pods: '200' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
      },
      annotations: { 'podnet.lab/simulated': 'This node exists only in the practice lab.' },
    },
    spec: { podCIDR: podRange, podCIDRs: [podRange] },
    status: {
      capacity: size,
      allocatable: size,
      conditions: [
        condition(
          'MemoryPressure',
          'False',
          'KubeletHasSufficientMemory',
          'kubelet has sufficient memory available',
        ),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status (simulated)'),
      ],
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        machineID: `practice-lab-${name}`,
        systemUUID: `practice-lab-${name}`,
        bootID: `practice-lab-${name}`,
        kernelVersion: 'simulated',
        osImage: 'Practice lab (simulated)',
        containerRuntimeVersion: 'podnet-lab://1.0.0',
        kubeletVersion: labVersion,
        kubeProxyVersion: '',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
    },
  };
}

/** Objects in the order they are created. */
export function clusterObjects(): Record<string, unknown>[] {
  const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  const leases = nodes.map(({ name }) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease' },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: new Date().toISOString() },
  }));
  return [...namespaces, ...nodes.map(nodeObject), ...leases];
}

/** What the API server itself keeps in `default`; the endpoints point to an address no pod has. */
export const apiServerManifests = `
apiVersion: v1
kind: Service
metadata:
  name: kubernetes
  labels: { component: apiserver, provider: kubernetes }
spec:
  clusterIP: 10.96.0.1
  ports: [{ name: https, port: 443, protocol: TCP, targetPort: 6443 }]
---
apiVersion: v1
kind: Endpoints
metadata:
  name: kubernetes
  labels: { endpointslice.kubernetes.io/skip-mirror: 'true' }
subsets:
  - addresses: [{ ip: 172.30.0.1 }]
    ports: [{ name: https, port: 6443, protocol: TCP }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: kubernetes
  labels: { kubernetes.io/service-name: kubernetes }
addressType: IPv4
endpoints: [{ addresses: [172.30.0.1], conditions: { ready: true } }]
ports: [{ name: https, port: 6443, protocol: TCP }]
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: standard
  annotations: { storageclass.kubernetes.io/is-default-class: 'true' }
provisioner: podnet.lab/simulated
reclaimPolicy: Delete
volumeBindingMode: WaitForFirstConsumer
`;

/** Cluster DNS: the lab answers names itself; these objects are what a learner expects to find. */
export const dnsManifests = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: coredns
  namespace: kube-system
  labels: { k8s-app: kube-dns, kubernetes.io/name: CoreDNS }
spec:
  replicas: 2
  selector: { matchLabels: { k8s-app: kube-dns } }
  template:
    metadata: { labels: { k8s-app: kube-dns } }
    spec:
      dnsPolicy: Default
      containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.12.1
          args: ['-conf', '/etc/coredns/Corefile']
          ports:
            - { name: dns, containerPort: 53, protocol: UDP }
            - { name: dns-tcp, containerPort: 53, protocol: TCP }
            - { name: metrics, containerPort: 9153, protocol: TCP }
---
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
  labels:
    k8s-app: kube-dns
    kubernetes.io/cluster-service: 'true'
    kubernetes.io/name: CoreDNS
spec:
  clusterIP: 10.96.0.10
  selector: { k8s-app: kube-dns }
  ports:
    - { name: dns, port: 53, protocol: UDP, targetPort: 53 }
    - { name: dns-tcp, port: 53, protocol: TCP, targetPort: 53 }
    - { name: metrics, port: 9153, protocol: TCP, targetPort: 9153 }
`;
