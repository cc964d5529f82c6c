import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { ContainerPort, Pod, Protocol } from '../model/objects.ts';
import { formatRef, type Ref } from '../model/refs.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ContainerRef } from '../model/terminal.ts';
import { lookUp, shown } from './lookUp.ts';
import {
  askedTarget,
  fittingAddress,
  noteOf,
  otherProtocols,
  wayTo,
  type Plan,
  type PlanNote,
} from './planParts.ts';
import { planService } from './planService.ts';
import { planUrl } from './planUrl.ts';
import { noteTexts } from './reportTexts.ts';
import type { ServiceBy } from './serviceBy.ts';

export interface PlanOptions {
  /** Where the check starts: says which address family fits, and what `localhost` is. */
  readonly from?: ContainerRef;
  /** How Services are asked; default: by cluster IP. Headless ones have only a name. */
  readonly serviceBy?: ServiceBy;
  /** Default: TCP. */
  readonly protocol?: Protocol;
  /** Default: `cluster.local`. */
  readonly clusterDomain?: string;
}

/**
 * What a reference means as targets: addresses and ports as the source sees them.
 * @throws ExplainedError that names the thing, what it lacks, and what to write instead.
 */
export function planTargets(ref: Ref, snapshot: Snapshot, options: PlanOptions = {}): Plan {
  const source = options.from && snapshot.get('Pod', options.from.namespace, options.from.pod);
  const { protocol = 'TCP', serviceBy = 'ip', clusterDomain } = options;
  switch (ref.is) {
    case 'pod':
      return planPod(ref, snapshot, source, protocol);
    case 'service':
      return planService(ref, snapshot, source, {
        by: serviceBy,
        protocol,
        ...(clusterDomain !== undefined && { clusterDomain }),
      });
    case 'node':
      return planNode(ref, snapshot, source, protocol);
    case 'localhost':
      return planLocalhost(ref, source, protocol);
    case 'url':
      return planUrl(ref.url);
  }
}

type PodRef = Extract<Ref, { readonly is: 'pod' }>;

function planPod(ref: PodRef, snapshot: Snapshot, source: Pod | undefined, protocol: Protocol): Plan {
  const pod = lookUp(snapshot, 'Pod', ref.namespace, ref.name);
  const label = t('Pod {0} in namespace {1}', shown(pod.name), shown(pod.namespace));
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') {
    throw new ExplainedError('pod-ended', t('{0} has ended ({1})', label, pod.phase), {
      remedy: t('Its address may belong to another pod by now. Name a pod that runs.'),
    });
  }
  const host = fittingAddress(pod.ips, source);
  if (host === undefined) {
    const why = shown(pod.reason?.word ?? pod.phase);
    throw new ExplainedError('pod-without-ip', t('{0} has no IP yet ({1})', label, why), {
      remedy: t(
        'A pod gets its IP once it is scheduled and its sandbox is made; wait, or look at its events.',
      ),
    });
  }
  if (ref.container !== undefined && !pod.containers.some(({ name }) => name === ref.container)) {
    throw new ExplainedError(
      'no-such-container',
      t('{0} has no container {1}', label, shown(ref.container)),
      {
        remedy: t('It has: {0}.', pod.containers.map(({ name }) => shown(name)).join(', ')),
      },
    );
  }
  const declared = declaredPorts(pod, ref.container);
  const fitting = declared.filter((each) => each.protocol === protocol);
  const chosen =
    ref.port === undefined
      ? fitting
      : [fitting.find(({ port }) => port === ref.port) ?? { port: ref.port, name: '' }];
  if (chosen.length === 0) {
    throw new ExplainedError('no-port', t('{0} declares no {1} port', label, protocol), {
      remedy: t('Say which one to ask, such as {0}.', shown(formatRef({ ...ref, port: 80 }))),
    });
  }
  const notes: PlanNote[] = [];
  if (pod.hostNetwork) {
    notes.push(noteOf('host-network', noteTexts.hostNetwork, label, host, shown(pod.nodeName)));
  }
  if (ref.port === undefined) notes.push(...otherProtocols(label, declared, protocol));
  const way = wayTo(source, pod);
  return {
    targets: chosen.map((asked) => ({
      ...askedTarget({ ...ref, port: asked.port }, host, asked.port, protocol, asked),
      ...way,
    })),
    notes,
  };
}

/** The ports of the containers that serve, each number once a protocol. */
function declaredPorts(pod: Pod, container: string | undefined): readonly ContainerPort[] {
  const ports = pod.containers
    .filter(({ name, role }) =>
      container === undefined ? role === 'main' || role === 'sidecar' : name === container,
    )
    .flatMap((entry) => entry.ports)
    .filter(({ port }) => port > 0);
  return [...new Map(ports.map((entry) => [`${entry.port}/${entry.protocol}`, entry])).values()];
}

type NodeRef = Extract<Ref, { readonly is: 'node' }>;

function planNode(ref: NodeRef, snapshot: Snapshot, source: Pod | undefined, protocol: Protocol): Plan {
  const node = lookUp(snapshot, 'Node', '', ref.name);
  const label = `Node ${shown(node.name)}`;
  const of = (type: string): readonly string[] =>
    node.addresses.filter((entry) => entry.type === type).map(({ address }) => address);
  const host = fittingAddress(of('InternalIP'), source) ?? fittingAddress(of('ExternalIP'), source);
  if (host === undefined) {
    throw new ExplainedError('node-without-address', t('{0} has no IP address', label), {
      remedy: t('Its kubelet reports one in status.addresses; look at the node.'),
    });
  }
  if (ref.port === undefined) {
    const open = snapshot
      .all('Service')
      .flatMap((service) => service.ports.map(({ nodePort }) => ({ nodePort, service })))
      .filter(({ nodePort }) => nodePort !== undefined)
      .map(({ nodePort, service }) => `${nodePort ?? 0} (${shown(service.name)})`);
    throw new ExplainedError('no-port', t('{0} needs a port', label), {
      remedy:
        open.length === 0
          ? t('Write node/{0}:PORT. No Service has a node port.', shown(node.name))
          : t('Write node/{0}:PORT. Node ports: {1}.', shown(node.name), open.slice(0, 8).join(', ')),
    });
  }
  return { targets: [askedTarget(ref, host, ref.port, protocol)], notes: [] };
}

type LocalhostRef = Extract<Ref, { readonly is: 'localhost' }>;

/** All containers of a pod share its loopback, so `localhost` asks the source's own pod. */
function planLocalhost(ref: LocalhostRef, source: Pod | undefined, protocol: Protocol): Plan {
  const declared = source === undefined ? [] : declaredPorts(source, undefined);
  const fitting = declared.filter((each) => each.protocol === protocol);
  const way = source === undefined ? {} : wayTo(source, source);
  if (ref.port !== undefined) {
    const { port } = ref;
    const said = fitting.find((each) => each.port === port);
    return { targets: [{ ...askedTarget(ref, 'localhost', port, protocol, said), ...way }], notes: [] };
  }
  if (fitting.length === 0) {
    throw new ExplainedError('no-port', t('localhost needs a port'), {
      remedy: t('The source pod declares no {0} port; write localhost:PORT.', protocol),
    });
  }
  return {
    targets: fitting.map((asked) => ({
      ...askedTarget({ ...ref, port: asked.port }, 'localhost', asked.port, protocol, asked),
      ...way,
    })),
    notes: [],
  };
}
