import type { MapWords } from '../../../../src/ui/map/graph/words.ts';

/** Plain words, and a judgement of pods and services by their readiness alone. */
export const words: MapWords = {
  kind: (kind) => kind.toLowerCase(),
  pod: ({ ready, phase, reason }) => {
    if (phase === 'Succeeded') return { state: 'none', word: 'Completed' };
    if (ready) return { state: 'ok', word: 'Running, ready' };
    return {
      state: reason === undefined ? 'warning' : 'failed',
      word: reason?.word ?? `${phase}, not ready`,
    };
  },
  service: (snapshot, service) =>
    service.selector !== undefined && snapshot.podsSelectedBy(service).length === 0
      ? { state: 'warning', word: 'selector matches no pod' }
      : { state: 'ok', word: '' },
  cluster: 'Cluster',
  fact: {
    namespace: 'Namespace',
    addresses: 'Addresses',
    node: 'Node',
    ports: 'Ports',
    type: 'Type',
    pods: 'Pods',
    services: 'Services',
    images: 'Images',
    size: 'Size',
    class: 'Storage class',
  },
  ready: 'ready',
  notReady: 'not ready',
  terminating: 'terminating',
  unschedulable: 'takes no new pods',
  claimPending: 'pending',
  claimLost: 'lost its volume',
  noAddress: 'no address yet',
  hostNetwork: "its node's network",
  headless: 'headless',
  onePerPod: 'one in each pod',
  readyOf: (ready, all) => `${ready} of ${all} ready`,
  podCount: (count) => `${count} pods`,
  serviceCount: (count) => `${count} services`,
  problemCount: (count) => `${count} problems`,
  nodeCount: (count) => `${count} nodes`,
  sendsTo: (ready, ports) => `endpoint on port ${ports}${ready ? '' : ', not ready'}`,
  runsOn: (count) => `${count} on this node`,
  mountedAt: (paths) => `mounted at ${paths}`,
  boundTo: 'bound to this volume',
  mayReach: ({ allowed }) => `lets pass ${JSON.stringify(allowed.TCP)}`,
  mayNotReach: 'lets nothing pass',
  allowed: 'allowed',
  denied: 'denied',
  checks: (failed, all) => `${failed} of ${all} checks failed`,
  check: (outcome, startedAt) => `${outcome}, checked ${startedAt}`,
};
