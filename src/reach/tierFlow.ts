import { t } from '../base/l10n.ts';
import type { Pod, Protocol } from '../model/objects.ts';
import type { TierPolicy, TierRule } from '../model/tierPolicy.ts';
import type { Direction, Party } from './openings.ts';
import { hasPort } from './portSet.ts';
import { smallestTierRule } from './smallestRule.ts';
import { answerOf, type Reason } from './reason.ts';
import { tierPoliciesOf, tiersOf } from './tiers.ts';
import { effectOf, portsOfTierRule, tierPeerMatches, type Match } from './tierRules.ts';
import { labelsOfNamespace, type World } from './world.ts';

interface PortAsked {
  readonly port: number;
  readonly protocol: Protocol;
}

/** A rule of a cluster-wide policy that is about a flow. */
interface Hit {
  readonly policy: TierPolicy;
  readonly direction: Direction;
  readonly index: number;
  readonly rule: TierRule;
  readonly action: TierRule['action'];
}

/**
 * What the policies of one tier say of a flow on one end, and, where they leave it to the next tier, what that says.
 * @param next what decides if this tier does not
 */
export function decideByTier(
  world: World,
  tier: TierPolicy['tier'],
  direction: Direction,
  subject: Pod,
  peer: Party,
  flow: PortAsked,
  next: () => readonly Reason[],
): readonly Reason[] {
  const { hits, decided } = hitsOf(world, tier, direction, subject, peer, flow);
  const [first] = hits;
  if (first === undefined) return next();
  const actions = new Set(hits.map(({ action }) => action));
  if (!decided) actions.add('pass');
  if (actions.size === 1) {
    if (first.action !== 'pass') return [withFix(decisionOf(first), first, subject, peer, flow)];
    return decided ? [passed(first), ...next()] : next();
  }
  const outcomes = new Set(
    [...actions].map((action) => (action === 'pass' ? answerOf(next()).allowed : action === 'allow')),
  );
  if (outcomes.size === 1 && !outcomes.has('depends')) {
    return actions.has('pass') ? next() : [withFix(decisionOf(first), first, subject, peer, flow)];
  }
  const text = t(
    'Which of {0} decides is not told by these objects.',
    hits.map(({ policy }) => refOf(policy)).join(', '),
  );
  const unclear: Reason = {
    effect: 'depends',
    code: 'admin-policy-unclear',
    text,
    object: refOf(first.policy),
    path: pathOf(first),
  };
  return [unclear, ...hits.map((hit) => ({ ...decisionOf(hit), effect: 'depends' as const }))];
}

/** The rules that match, up to the first that surely does. */
function hitsOf(
  world: World,
  tier: TierPolicy['tier'],
  direction: Direction,
  subject: Pod,
  peer: Party,
  { port, protocol }: PortAsked,
): { readonly hits: readonly Hit[]; readonly decided: boolean } {
  const destination = direction === 'ingress' ? subject : peer.is === 'pod' ? peer.pod : undefined;
  const hits: Hit[] = [];
  const order = tierPoliciesOf(tiersOf(world.snapshot)[tier], subject, (namespace) =>
    labelsOfNamespace(world, namespace),
  );
  for (const equal of order) {
    let decided = false;
    for (const policy of equal) {
      for (const [index, rule] of policy[direction].entries()) {
        if (!hasPort(portsOfTierRule(rule, destination), protocol, port)) continue;
        const match = matchOf(world, rule, peer);
        if (match === 'no') continue;
        hits.push({ policy, direction, index, rule, action: effectOf(rule).action });
        if (match === 'depends') continue;
        decided = true;
        break;
      }
    }
    if (decided) return { hits, decided };
  }
  return { hits, decided: false };
}

function matchOf(world: World, rule: TierRule, party: Party): Match {
  if (effectOf(rule).closed) return 'yes';
  const matches = rule.peers.map((peer) => tierPeerMatches(world, peer, party));
  return matches.includes('yes') ? 'yes' : matches.includes('depends') ? 'depends' : 'no';
}

function decisionOf(hit: Hit): Reason {
  const { policy, direction, action } = hit;
  const allows = action === 'allow';
  return {
    effect: allows ? 'allows' : action === 'pass' ? 'depends' : 'denies',
    code: `policy-${direction}`,
    text: decisionText(hit),
    object: refOf(policy),
    path: pathOf(hit),
  };
}

function decisionText(hit: Hit): string {
  const [policy, place] = [refOf(hit.policy), pathOf(hit) + named(hit)];
  if (hit.action === 'allow') return t('{0} allows it at {1}.', policy, place);
  if (hit.action === 'pass') return t('{0} passes on it at {1}.', policy, place);
  return t('{0} denies it at {1}.', policy, place);
}

/** A denial with the rule that would allow it. */
function withFix(reason: Reason, hit: Hit, subject: Pod, peer: Party, { port, protocol }: PortAsked): Reason {
  if (reason.effect !== 'denies') return reason;
  const { direction, policy } = hit;
  const passing = { direction, subject, peer, port, protocol };
  return { ...reason, yaml: smallestTierRule(passing, policy, pathOf(hit)) };
}

function passed(hit: Hit): Reason {
  return {
    effect: 'allows',
    code: 'admin-policy-pass',
    text: t(
      "{0} leaves it to the namespace's own policies at {1}.",
      refOf(hit.policy),
      pathOf(hit) + named(hit),
    ),
    object: refOf(hit.policy),
    path: pathOf(hit),
  };
}

function named({ rule }: Hit): string {
  return rule.name === '' ? '' : ` ("${rule.name}")`;
}

function pathOf({ direction, index }: Hit): string {
  return `spec.${direction}[${index}]`;
}

function refOf({ kind, name }: TierPolicy): string {
  return `${kind.toLowerCase()}/${name}`;
}
