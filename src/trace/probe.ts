import { t } from '../base/l10n.ts';
import type { ContainerRef } from '../model/terminal.ts';
import type { Pod } from '../model/objects.ts';
import type { Checker, CheckRecord, CheckTarget, LocalChecker } from '../probe/check.ts';
import type { Exec } from '../probe/exec.ts';
import { askCertificate, type CertificateAnswer } from './certificateProbe.ts';
import { askSmallAnswer, type SmallAnswer } from './smallAnswerProbe.ts';
import { readListeners, type Listener } from './listeners.ts';
import {
  podKey,
  refOf,
  type DestinationProbe,
  type Destination,
  type TraceProbes,
  type TraceView,
} from './view.ts';

/** How many of the pods behind a Service are probed one by one. */
const maximumPods = 3;

/** What the probes run over. */
export interface ProbePorts {
  readonly checker: Checker;
  readonly exec: Exec;
  /** For questions from outside of the cluster; without it these are not probed. */
  readonly local?: LocalChecker;
}

/**
 * Makes the probes that tell where a connection fails: as asked, the cluster IP, the pod IPs from the source, and
 * inside each destination localhost and the list of its sockets. Reads only. What is asked from outside is asked from
 * inside too.
 * @param onProgress hears in a few words what is being tried.
 * @param timeoutSeconds whole seconds that one probe may take in all, of which at most 3 to connect.
 * @throws CancelledError once the signal aborts.
 */
export async function probeAlong(
  view: TraceView,
  { checker, exec, local: here }: ProbePorts,
  signal: AbortSignal,
  onProgress: (what: string) => void = () => undefined,
  timeoutSeconds = 5,
): Promise<TraceProbes> {
  const { question, service } = view;
  const { source, port } = question;
  const destinations = view.destinations.slice(0, maximumPods);
  const from: ContainerRef | undefined =
    source.is === 'container' && isRunning(source.pod, source.container)
      ? { namespace: source.pod.namespace, pod: source.pod.name, container: source.container }
      : undefined;
  const limits = { timeoutSeconds, connectTimeoutSeconds: Math.min(3, timeoutSeconds) };
  const check = (at: ContainerRef, host: string, number: number): Promise<CheckRecord> =>
    checker.check({ from: at, target: targetOf(view, host, number), ...limits }, signal);

  let asked: CheckRecord | undefined;
  let clusterIp: Promise<CheckRecord> | undefined;
  let certificate: Promise<CertificateAnswer | undefined> | undefined;
  let small: Promise<SmallAnswer | undefined> | undefined;
  const podIps: Promise<DestinationProbe>[] = [];
  if (from !== undefined && port !== undefined && question.host !== '') {
    onProgress(`${question.from} → ${question.to}`);
    const record = await check(from, question.host, port);
    asked = record;
    const [vip] = service?.clusterIPs ?? [];
    if (vip !== undefined && vip !== question.host && asked.verdict !== 'reachable') {
      onProgress(`${question.from} → ${vip}:${port}`);
      clusterIp = check(from, vip, port);
    }
    for (const destination of destinations) {
      const [ip] = destination.pod.ips;
      if (ip === undefined || (ip === question.host && destination.port === port)) continue;
      onProgress(`${question.from} → ${ip}:${destination.port}`);
      podIps.push(check(from, ip, destination.port).then((found) => ({ destination, record: found })));
    }
    const [direct] = destinations;
    if (question.target.is === 'pod' && direct !== undefined)
      podIps.push(Promise.resolve({ destination: direct, record }));
    if (asked.verdict === 'reachable' && question.scheme === 'https') {
      onProgress(t('the certificate of {0}', question.host));
      const target = targetOf(view, question.host, port);
      certificate = askCertificate({ from, target, timeoutSeconds }, exec, signal);
    }
    if (asked.verdict === 'no-answer' && question.scheme !== 'tcp') {
      onProgress(t('a small answer of {0}', question.host));
      small = askSmallAnswer(
        { from, target: targetOf(view, question.host, port), timeoutSeconds },
        exec,
        signal,
      );
    }
  }

  let inside: Promise<CheckRecord> | undefined;
  if (here !== undefined && port !== undefined && canBeAskedOutside(question)) {
    onProgress(`${question.from} → ${question.to}`);
    asked = await here.check(targetOf(view, question.host, port), limits, signal);
    const [near] = destinations.flatMap((destination) => shellContainer(destination) ?? []);
    if (near !== undefined && asked.verdict !== 'reachable') inside = check(near, question.host, port);
  }

  const localhosts: Promise<DestinationProbe>[] = [];
  const listeners: Promise<readonly [string, readonly Listener[] | undefined]>[] = [];
  // A connection that works needs no look inside its end.
  for (const destination of asked?.verdict === 'reachable' ? [] : destinations) {
    onProgress(`inside ${refOf(destination.pod)}`);
    const { pod } = destination;
    listeners.push(listenersOf(pod, exec, signal).then((rows) => [podKey(pod), rows] as const));
    const inside = shellContainer(destination);
    if (inside === undefined) continue;
    const local = check(inside, 'localhost', destination.port);
    localhosts.push(local.then((record) => ({ destination, record })));
  }
  // From one source and into few pods: together they are a handful of execs.
  const [vip, trust, head, within, byIp, atHome, rows] = await Promise.all([
    clusterIp,
    certificate,
    small,
    inside,
    Promise.all(podIps),
    Promise.all(localhosts),
    Promise.all(listeners),
  ]);
  return {
    ...(asked && { asked }),
    ...(vip && { clusterIp: vip }),
    ...(trust && { certificate: trust }),
    ...(head && { small: head }),
    ...(within && { inside: within }),
    podIps: byIp,
    localhosts: atHome,
    listeners: new Map(rows.flatMap(([key, found]) => (found === undefined ? [] : [[key, found] as const]))),
  };
}

/** Cluster IPs and names of Services mean nothing outside, so that no answer there would say nothing. */
function canBeAskedOutside({ source, target, host }: TraceView['question']): boolean {
  if (source.is !== 'outside' || host === '' || target.is === 'missing-service') return false;
  return target.is !== 'service' || target.via === 'node-port' || target.via === 'load-balancer';
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
