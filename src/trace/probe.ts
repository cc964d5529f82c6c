import type { ContainerRef } from '../model/terminal.ts';
import type { Pod } from '../model/objects.ts';
import type { Checker, CheckRecord, CheckTarget } from '../probe/check.ts';
import type { Exec } from '../probe/exec.ts';
import { readListeners, type Listener } from './listeners.ts';
import { podKey, refOf, type Destination, type TraceProbes, type TraceView } from './view.ts';

/** How many of the pods behind a Service are probed one by one. */
const maximumPods = 3;

/** What the probes run over. */
export interface ProbePorts {
  readonly checker: Checker;
  readonly exec: Exec;
}

/**
 * Makes the probes that tell where a connection fails: as asked, the cluster IP, the pod IPs from the source, and
 * inside each destination localhost and the list of its sockets. Reads only. From outside only the insides of the
 * destinations can be looked at.
 * @param onProgress hears in a few words what is being tried.
 * @throws CancelledError once the signal aborts.
 */
export async function probeAlong(
  view: TraceView,
  { checker, exec }: ProbePorts,
  signal: AbortSignal,
  onProgress: (what: string) => void = () => undefined,
): Promise<TraceProbes> {
  const { question, service } = view;
  const { source, port } = question;
  const destinations = view.destinations.slice(0, maximumPods);
  const from: ContainerRef | undefined =
    source.is === 'container' && isRunning(source.pod, source.container)
      ? { namespace: source.pod.namespace, pod: source.pod.name, container: source.container }
      : undefined;

  let asked: CheckRecord | undefined;
  let clusterIp: CheckRecord | undefined;
  const podIps: { destination: Destination; record: CheckRecord }[] = [];
  if (from !== undefined && port !== undefined && question.host !== '') {
    onProgress(`${question.from} → ${question.to}`);
    asked = await checker.check({ from, target: targetOf(view, question.host, port) }, signal);
    const [vip] = service?.clusterIPs ?? [];
    if (vip !== undefined && vip !== question.host && asked.verdict !== 'reachable') {
      onProgress(`${question.from} → ${vip}:${port}`);
      clusterIp = await checker.check({ from, target: targetOf(view, vip, port) }, signal);
    }
    for (const destination of destinations) {
      const [ip] = destination.pod.ips;
      if (ip === undefined || (ip === question.host && destination.port === port)) continue;
      onProgress(`${question.from} → ${ip}:${destination.port}`);
      podIps.push({
        destination,
        record: await checker.check({ from, target: targetOf(view, ip, destination.port) }, signal),
      });
    }
    const [direct] = destinations;
    if (question.target.is === 'pod' && direct !== undefined)
      podIps.push({ destination: direct, record: asked });
  }

  const localhosts: { destination: Destination; record: CheckRecord }[] = [];
  const listeners = new Map<string, readonly Listener[]>();
  // A connection that works needs no look inside its end.
  for (const destination of asked?.verdict === 'reachable' ? [] : destinations) {
    onProgress(`inside ${refOf(destination.pod)}`);
    const rows = await listenersOf(destination.pod, exec, signal);
    if (rows !== undefined) listeners.set(podKey(destination.pod), rows);
    const inside = shellContainer(destination);
    if (inside !== undefined) {
      const target = targetOf(view, 'localhost', destination.port);
      localhosts.push({ destination, record: await checker.check({ from: inside, target }, signal) });
    }
  }
  return { ...(asked && { asked }), ...(clusterIp && { clusterIp }), podIps, localhosts, listeners };
}

function targetOf({ question }: TraceView, host: string, port: number): CheckTarget {
  return { ref: question.to, host, port, scheme: question.scheme, path: '/' };
}

function isRunning(pod: Pod, container: string): boolean {
  return pod.containers.some(({ name, state }) => name === container && state.is === 'running');
}

/** The container that declares the port, if one does: most likely the one whose tools are about it. */
function shellContainer({ pod, port }: Destination): ContainerRef | undefined {
  const running = pod.containers.filter(({ state, role }) => state.is === 'running' && role !== 'init');
  const chosen = running.find(({ ports }) => ports.some((declared) => declared.port === port)) ?? running[0];
  return chosen && { namespace: pod.namespace, pod: pod.name, container: chosen.name };
}

/** The sockets of a pod, which its containers share, from the first container that has `cat`. */
async function listenersOf(
  pod: Pod,
  exec: Exec,
  signal: AbortSignal,
): Promise<readonly Listener[] | undefined> {
  if (pod.hostNetwork) return undefined;
  for (const { name, state } of pod.containers) {
    if (state.is !== 'running') continue;
    const outcome = await exec.run(
      {
        target: { namespace: pod.namespace, pod: pod.name, container: name },
        command: ['cat', '/proc/net/tcp', '/proc/net/tcp6'],
        timeoutMs: 5_000,
      },
      signal,
    );
    // tcp6 is absent where IPv6 is off: cat then exits with 1 after it printed the other.
    if (outcome.is === 'exited' && outcome.stdout.includes('local_address'))
      return readListeners(outcome.stdout);
  }
  return undefined;
}
