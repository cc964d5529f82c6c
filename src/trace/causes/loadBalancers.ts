import { t } from '../../base/l10n.ts';
import { blockHas } from '../../reach/address.ts';
import { refOf } from '../view.ts';
import type { Detector } from './detector.ts';
import { serviceManifest } from './manifests.ts';

/** load-balancer-pending: a load balancer was asked for and none has given an address. */
export const loadBalancerPending: Detector = ({ question, service, world }) => {
  if (service?.type !== 'LoadBalancer' || service.loadBalancer.length > 0 || !world.running) return undefined;
  // From inside, the cluster IP works all the same.
  if (question.source.is === 'container') return undefined;
  const nodePort = service.ports.find((port) => port.nodePort !== undefined)?.nodePort;
  return {
    id: 'load-balancer-pending',
    hop: 'service',
    certainty: 'certain',
    summary: t('{0} waits for a load balancer: it has no external address.', refOf(service)),
    objects: [refOf(service)],
    evidence: [
      { text: t('status.loadBalancer is empty'), object: refOf(service), path: 'status.loadBalancer' },
    ],
    fixes: [
      { title: t('Install or repair the load balancer controller of the cluster') },
      ...(nodePort === undefined ? [] : [{ title: t('Meanwhile use node port {0} on any node', nodePort) }]),
    ],
  };
};

/** load-balancer-sources: only some clients are let in. */
export const loadBalancerSources: Detector = ({ question, service }) => {
  const { source, target } = question;
  if (service?.type !== 'LoadBalancer' || service.loadBalancerSourceRanges.length === 0) return undefined;
  const atBalancer = target.is === 'service' && target.via === 'load-balancer';
  // Inside, only the balancer's own address asks for the ranges.
  if (source.is === 'container' && !atBalancer) return undefined;
  const ranges = service.loadBalancerSourceRanges;
  const client = source.is === 'container' ? (source.pod.ips[0] ?? '') : '';
  if (ranges.some((range) => blockHas(range, client) === true)) return undefined;
  const own = client === '' ? undefined : `${client}/${client.includes(':') ? 128 : 32}`;
  return {
    id: 'load-balancer-sources',
    hop: 'service',
    certainty: client === '' ? 'possible' : 'certain',
    summary:
      client === ''
        ? t('{0} admits only clients from {1}.', refOf(service), ranges.join(', '))
        : t(
            '{0} admits only clients from {1}, and the client is {2}.',
            refOf(service),
            ranges.join(', '),
            client,
          ),
    objects: [refOf(service)],
    evidence: [{ text: ranges.join(', '), object: refOf(service), path: 'spec.loadBalancerSourceRanges' }],
    fixes: [
      ...(source.is === 'container'
        ? [{ title: t('Ask the name of the Service instead: inside, nobody is kept out') }]
        : []),
      {
        title: t("Add the client's address to loadBalancerSourceRanges"),
        ...(own !== undefined && {
          yaml: serviceManifest(service, { loadBalancerSourceRanges: [...ranges, own] }),
        }),
      },
    ],
  };
};
