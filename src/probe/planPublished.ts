import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { CheckTarget } from './check.ts';
import { shown } from './lookUp.ts';
import { askedTarget, fittingAddress, noteOf, type Plan, type PlanNote } from './planParts.ts';
import { noteTexts } from './reportTexts.ts';
import { serviceLabel, type ServiceQuestion } from './serviceBy.ts';

/**
 * Where a Service is published to the outside: its node port on every node, or its load balancer's addresses.
 * @throws ExplainedError where it has none.
 */
export function planPublished(question: ServiceQuestion, by: 'node-port' | 'load-balancer'): Plan {
  return by === 'node-port' ? planNodePorts(question) : planLoadBalancer(question);
}

function planNodePorts({ service, ports, snapshot, source, protocol }: ServiceQuestion): Plan {
  const label = serviceLabel(service);
  const open = ports.filter(({ nodePort }) => nodePort !== undefined);
  if (open.length === 0) {
    throw new ExplainedError('no-node-port', t('{0} has no node port', label), {
      remedy: t('Its type is {0}; services of type NodePort and LoadBalancer have one.', service.type),
    });
  }
  const notes: PlanNote[] = [];
  const targets = snapshot.all('Node').flatMap((node): readonly CheckTarget[] => {
    const addresses = (type: string): readonly string[] =>
      node.addresses.filter((entry) => entry.type === type).map(({ address }) => address);
    // From outside the external address is the one that leads there; inside, the internal one.
    const [first, second] =
      source === undefined ? ['ExternalIP', 'InternalIP'] : ['InternalIP', 'ExternalIP'];
    const host = fittingAddress(addresses(first), source) ?? fittingAddress(addresses(second), source);
    if (host === undefined) {
      notes.push(noteOf('node-without-address', noteTexts.nodeWithoutAddress, shown(node.name)));
      return [];
    }
    return open.flatMap((port) =>
      port.nodePort === undefined
        ? []
        : [
            askedTarget(
              { is: 'node', name: node.name, port: port.nodePort },
              host,
              port.nodePort,
              protocol,
              port,
            ),
          ],
    );
  });
  if (service.externalTrafficPolicy === 'Local') {
    notes.push(noteOf('external-traffic-local', noteTexts.externalTrafficLocal, label));
  }
  if (targets.length > 0) return { targets, notes };
  throw new ExplainedError('no-node', t('No node has an address to ask {0} at', label), {
    remedy: t('Nodes could not be read, or have no addresses. Name one yourself: tcp://ADDRESS:NODEPORT.'),
  });
}

function planLoadBalancer({ service, ports, ref, protocol }: ServiceQuestion): Plan {
  const label = serviceLabel(service);
  if (service.type !== 'LoadBalancer') {
    throw new ExplainedError('no-load-balancer', t('{0} is of type {1}', label, service.type), {
      remedy: t('Only services of type LoadBalancer have a load balancer.'),
    });
  }
  if (service.loadBalancer.length === 0) {
    throw new ExplainedError('load-balancer-pending', t('{0} has no load balancer address yet', label), {
      remedy: t(
        'The cloud provider, MetalLB or minikube tunnel gives one; where none of them runs, it stays pending. Ask its node port instead.',
      ),
    });
  }
  const targets = service.loadBalancer.flatMap((host) =>
    ports.map((port) =>
      askedTarget({ ...ref, port: ref.port ?? port.port }, host, port.port, protocol, port),
    ),
  );
  return { targets, notes: [] };
}
