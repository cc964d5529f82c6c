import type {
  Container,
  ContainerPort,
  ContainerRole,
  ContainerState,
  Mount,
  Pod,
  PodPhase,
} from './objects.ts';
import { flag, integer, list, record, text, type Json } from './json.ts';
import { podReason } from './podReason.ts';
import { protocolOf } from './protocol.ts';
import { readMeta } from './readMeta.ts';
import { readVolume } from './readVolume.ts';

/** Reads a Pod as the API serves it (core/v1), or as a manifest has it. */
export function readPod(object: Json): Pod {
  const spec = record(object.spec);
  const status = record(object.status);
  const containers = readContainers(spec, status);
  const primary = text(status.podIP);
  const ips = list(status.podIPs).map((entry) => text(record(entry).ip));
  const hostIPs = list(status.hostIPs).map((entry) => text(record(entry).ip));
  const hostIP = text(status.hostIP);
  const meta = readMeta(object);
  const reason = podReason(object, containers);
  return {
    kind: 'Pod',
    ...meta,
    ips: nonEmpty(ips.length > 0 ? ips : [primary]),
    hostIPs: nonEmpty(hostIPs.length > 0 ? hostIPs : [hostIP]),
    nodeName: text(spec.nodeName),
    phase: phaseOf(text(status.phase)),
    ready: list(status.conditions)
      .map(record)
      .some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    unmetReadinessGates: unmetGates(spec, status),
    ...(reason === undefined ? {} : { reason }),
    hostNetwork: flag(spec.hostNetwork),
    dnsPolicy: text(spec.dnsPolicy) || 'ClusterFirst',
    hostname: text(spec.hostname),
    subdomain: text(spec.subdomain),
    serviceAccount: text(spec.serviceAccountName),
    containers,
    volumes: list(spec.volumes).map((volume) => readVolume(record(volume))),
  };
}

function unmetGates(spec: Json, status: Json): readonly string[] {
  // As good as no pod has any, and this runs for each pod of a big cluster.
  if (list(spec.readinessGates).length === 0) return [];
  const met = new Set(
    list(status.conditions)
      .map(record)
      .filter((condition) => condition.status === 'True')
      .map((condition) => text(condition.type)),
  );
  return list(spec.readinessGates)
    .map((gate) => text(record(gate).conditionType))
    .filter((type) => type !== '' && !met.has(type));
}

function nonEmpty(values: readonly string[]): readonly string[] {
  return values.filter((value) => value !== '');
}

const phases: ReadonlySet<string> = new Set<PodPhase>(['Pending', 'Running', 'Succeeded', 'Failed']);

function phaseOf(phase: string): PodPhase {
  return phases.has(phase) ? (phase as PodPhase) : 'Unknown';
}

function readContainers(spec: Json, status: Json): readonly Container[] {
  const read = (
    specField: string,
    statusField: string,
    roleOf: (container: Json) => ContainerRole,
  ): Container[] => {
    const containers = list(spec[specField]);
    if (containers.length === 0) return [];
    const statuses = new Map(
      list(status[statusField]).map((entry) => [text(record(entry).name), record(entry)]),
    );
    return containers.map((entry) => {
      const container = record(entry);
      return readContainer(container, statuses.get(text(container.name)) ?? {}, roleOf(container));
    });
  };
  return [
    // KEP-753: an init container that always restarts is a sidecar and runs beside the others.
    ...read('initContainers', 'initContainerStatuses', (container) =>
      container.restartPolicy === 'Always' ? 'sidecar' : 'init',
    ),
    ...read('containers', 'containerStatuses', () => 'main'),
    ...read('ephemeralContainers', 'ephemeralContainerStatuses', () => 'ephemeral'),
  ];
}

function readContainer(container: Json, status: Json, role: ContainerRole): Container {
  const lastExit = exitOf(record(status.lastState));
  return {
    name: text(container.name),
    image: text(container.image),
    role,
    ports: list(container.ports).map((port) => readPort(record(port))),
    mounts: list(container.volumeMounts).map((mount) => readMount(record(mount))),
    ready: flag(status.ready),
    restarts: integer(status.restartCount) ?? 0,
    state: readState(record(status.state)),
    ...(lastExit !== undefined && { lastExit }),
  };
}

function readPort(port: Json): ContainerPort {
  const hostPort = integer(port.hostPort);
  return {
    name: text(port.name),
    port: integer(port.containerPort) ?? 0,
    protocol: protocolOf(port.protocol),
    ...(hostPort === undefined ? {} : { hostPort }),
  };
}

function readMount(mount: Json): Mount {
  return {
    volume: text(mount.name),
    path: text(mount.mountPath),
    readOnly: flag(mount.readOnly),
    subPath: text(mount.subPath) || text(mount.subPathExpr),
  };
}

function exitOf({ terminated }: Json): Container['lastExit'] {
  if (terminated === undefined) return undefined;
  const { exitCode, reason } = record(terminated);
  return { exitCode: integer(exitCode) ?? 0, reason: text(reason) };
}

function readState(state: Json): ContainerState {
  if ('running' in state) return { is: 'running', since: text(record(state.running).startedAt) };
  if ('waiting' in state) {
    const waiting = record(state.waiting);
    return { is: 'waiting', reason: text(waiting.reason), message: text(waiting.message) };
  }
  if ('terminated' in state) {
    const terminated = record(state.terminated);
    return {
      is: 'terminated',
      reason: text(terminated.reason),
      exitCode: integer(terminated.exitCode) ?? 0,
      message: text(terminated.message),
    };
  }
  return { is: 'unknown' };
}
