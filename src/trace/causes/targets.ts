import { t } from '../../base/l10n.ts';
import type { Listener } from '../listeners.ts';
import { recordText } from '../recordText.ts';
import { podKey, refOf, type Destination, type TraceView } from '../view.ts';
import { logsCommand } from './commands.ts';
import type { Detector } from './detector.ts';
import { serviceManifest } from './manifests.ts';
import { headlessPortNotMapped } from './ports.ts';

/** listens-on-loopback: the application answers only inside its own pod. */
export const listensOnLoopback: Detector = (view) => {
  if (view.question.host === 'localhost') return undefined;
  for (const destination of view.destinations) {
    const rows = listenersOn(view, destination);
    const loopback = rows?.filter(({ scope }) => scope === 'loopback') ?? [];
    const onlyLoopback = loopback.length > 0 && rows?.length === loopback.length;
    const atHome = recordAt(view, destination, 'localhosts')?.verdict;
    const byIp = recordAt(view, destination, 'podIps')?.verdict;
    const probesSay = rows === undefined && atHome === 'reachable' && byIp === 'refused';
    if (!onlyLoopback && !probesSay) continue;
    const { pod, port } = destination;
    return {
      id: 'listens-on-loopback',
      hop: 'target',
      certainty: onlyLoopback ? 'certain' : 'possible',
      summary: t(
        'The application in {0} listens on port {1} of loopback only, so nobody outside the pod reaches it.',
        refOf(pod),
        port,
      ),
      objects: [refOf(pod)],
      evidence: onlyLoopback
        ? loopback.map(({ address }) => ({
            text: t('listens on {0}:{1} (/proc/net/tcp)', address, port),
            object: refOf(pod),
          }))
        : [{ text: t('localhost:{0} answers in the pod, its IP refuses', port), object: refOf(pod) }],
      fixes: [{ title: t('Let the application listen on 0.0.0.0, or :: for both families') }],
    };
  }
  return undefined;
};

/** not-listening: nothing in the pod listens on the port. */
export const notListening: Detector = (view) => {
  const silent = view.destinations.filter((destination) => listensNot(view, destination));
  const [first] = silent;
  // Where the port itself is the wrong one, that nobody listens there is only what follows.
  if (first === undefined || targetPortMismatch(view) !== undefined) return undefined;
  if (headlessPortNotMapped(view) !== undefined) return undefined;
  const { pod, port } = first;
  return {
    id: 'not-listening',
    hop: 'target',
    certainty: silent.length === view.destinations.length ? 'certain' : 'possible',
    summary: t('Nothing in {0} listens on port {1}.', refOf(pod), port),
    objects: silent.map((destination) => refOf(destination.pod)),
    evidence: evidenceOf(view, first),
    fixes: [
      {
        title: t('Start the application, or see why it does not listen'),
        command: logsCommand(pod),
      },
    ],
  };
};

/** target-port-mismatch: the Service leads to a port on which nothing listens, while another one is open. */
export const targetPortMismatch: Detector = (view) => {
  const { service, servicePort } = view;
  if (service === undefined || servicePort === undefined || service.headless) return undefined;
  for (const destination of view.destinations) {
    const { pod, port } = destination;
    const declared = pod.containers
      .flatMap(({ ports }) => ports)
      .filter(({ protocol }) => protocol === servicePort.protocol);
    if (declared.some((entry) => entry.port === port)) continue;
    const unseen = view.probes === undefined;
    if (!unseen && !listensNot(view, destination)) continue;
    const open = view.probes?.listeners.get(podKey(pod))?.filter(({ scope }) => scope !== 'loopback') ?? [];
    const better = open[0]?.port ?? declared[0]?.port;
    if (better === undefined) continue;
    return {
      id: 'target-port-mismatch',
      hop: 'port',
      // That a port is not declared is a hint only.
      certainty: unseen ? 'possible' : 'certain',
      summary: mismatchText(unseen, open.length > 0, [refOf(service), port, refOf(pod), better]),
      objects: [refOf(service), refOf(pod)],
      evidence: [
        { text: `targetPort ${servicePort.targetPort}`, object: refOf(service), path: 'spec.ports' },
        ...evidenceOf(view, destination),
      ],
      fixes: [
        {
          title: t('Set targetPort to {0}', better),
          yaml: serviceManifest(service, {
            ports: [{ port: servicePort.port, protocol: servicePort.protocol, targetPort: better }],
          }),
        },
      ],
    };
  }
  return undefined;
};

function listensNot(view: TraceView, destination: Destination): boolean {
  const rows = listenersOn(view, destination);
  if (rows !== undefined) return rows.length === 0;
  const atHome = recordAt(view, destination, 'localhosts')?.verdict;
  const byIp =
    recordAt(view, destination, 'podIps')?.verdict ??
    (view.question.target.is === 'pod' ? view.probes?.asked?.verdict : undefined);
  if (atHome !== undefined && atHome !== 'inconclusive') return atHome === 'refused';
  return byIp === 'refused';
}

/** The sockets that listen on the destination's port; undefined where they could not be read. */
function listenersOn(view: TraceView, { pod, port }: Destination): readonly Listener[] | undefined {
  if (view.question.protocol !== 'TCP') return undefined;
  return view.probes?.listeners.get(podKey(pod))?.filter((listener) => listener.port === port);
}

function recordAt(
  view: TraceView,
  destination: Destination,
  where: 'localhosts' | 'podIps',
): NonNullable<TraceView['probes']>['podIps'][number]['record'] | undefined {
  return view.probes?.[where].find(
    (entry) =>
      podKey(entry.destination.pod) === podKey(destination.pod) &&
      entry.destination.port === destination.port,
  )?.record;
}

function evidenceOf(view: TraceView, destination: Destination): readonly { text: string; object: string }[] {
  const { pod, port } = destination;
  const rows = view.probes?.listeners.get(podKey(pod));
  if (rows !== undefined) {
    const ports = [...new Set(rows.map((row) => row.port))].join(', ') || t('none');
    return [
      {
        text: t('ports that listen in the pod (/proc/net/tcp): {0}; not {1}', ports, port),
        object: refOf(pod),
      },
    ];
  }
  const record =
    recordAt(view, destination, 'localhosts') ?? recordAt(view, destination, 'podIps') ?? view.probes?.asked;
  return record === undefined ? [] : [{ text: recordText(record), object: refOf(pod) }];
}

function mismatchText(
  unseen: boolean,
  listens: boolean,
  values: readonly [service: string, port: number, pod: string, better: number],
): string {
  if (unseen) {
    return listens
      ? t('{0} leads to port {1} of its pods, which no container declares; {2} listens on {3}.', ...values)
      : t('{0} leads to port {1} of its pods, which no container declares; {2} declares {3}.', ...values);
  }
  return listens
    ? t('{0} leads to port {1} of its pods, where nothing listens; {2} listens on {3}.', ...values)
    : t('{0} leads to port {1} of its pods, where nothing listens; {2} declares {3}.', ...values);
}
