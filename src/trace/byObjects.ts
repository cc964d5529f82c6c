import type { Party } from '../reach/openings.ts';
import { evaluateFlow } from '../reach/podToPod.ts';
import { answerOf, type Answer } from '../reach/reason.ts';
import { evaluateToService } from '../reach/toService.ts';
import type { TraceSource, TraceView } from './view.ts';

/** A trace's source as the evaluation of policies takes it. */
export function partyOf(source: TraceSource): Party {
  // Where an outside client's address is seen depends on the way in, so only rules for everyone can be judged.
  return source.is === 'container' ? { is: 'pod', pod: source.pod } : { is: 'address', ip: '' };
}

/** What `podnet reach` says of the question: a trace without probes is no surer. undefined: it cannot be asked so. */
export function answerByObjects({ world, question }: TraceView): Answer | undefined {
  const { target, port, protocol, source } = question;
  if (port === undefined) return undefined;
  const from = partyOf(source);
  if (target.is === 'pod')
    return evaluateFlow(world, { from, to: { is: 'pod', pod: target.pod }, port, protocol });
  if (target.is === 'missing-service') return answerOf([]);
  if (target.is !== 'service') return undefined;
  const { service, via } = target;
  switch (via) {
    case 'name':
    case 'cluster-ip':
      return evaluateToService(world, from, service, port, protocol);
    case 'load-balancer':
      return evaluateToService(world, from, service, port, protocol, { is: 'load-balancer' });
    case 'node-port': {
      const nodes = world.snapshot.all('Node');
      const node = nodes.find(({ addresses }) => addresses.some(({ address }) => address === question.host));
      return evaluateToService(world, from, service, port, protocol, { is: 'node-port', node: node?.name });
    }
  }
}
