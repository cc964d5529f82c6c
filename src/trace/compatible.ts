import type { Verdict } from '../probe/check.ts';
import type { CauseId } from './causeIds.ts';

/**
 * What a probe of a connection with this cause can look like. A cause that the probe contradicts is not the decisive
 * one. Causes that are not listed say themselves which answers they look for.
 */
const seenAs: Partial<Readonly<Record<CauseId, readonly Verdict[]>>> = {
  'service-not-found': ['dns-failed'],
  'dns-search': ['dns-failed'],
  'dns-down': ['dns-failed', 'timeout'],
  'dns-blocked': ['dns-failed', 'timeout'],
  'dns-policy': ['dns-failed', 'timeout'],
  'selector-matches-nothing': ['refused', 'timeout', 'dns-failed'],
  'endpoints-not-ready': ['refused', 'timeout', 'dns-failed'],
  'readiness-gate-unmet': ['refused', 'timeout', 'dns-failed'],
  'endpoints-terminating': ['refused', 'timeout', 'reset', 'dns-failed'],
  'named-port-missing': ['refused', 'timeout'],
  'target-port-mismatch': ['refused'],
  'not-listening': ['refused'],
  'listens-on-loopback': ['refused'],
  'wrong-service-port': ['refused', 'timeout'],
  'headless-port-not-mapped': ['refused', 'timeout'],
  'internal-traffic-local': ['timeout', 'refused'],
  'policy-ingress': ['timeout', 'refused'],
  'policy-egress': ['timeout', 'refused', 'dns-failed'],
  'policy-peer-shape': ['timeout', 'refused'],
  'policy-service-port': ['timeout', 'refused'],
  'policy-ipblock': ['timeout', 'refused'],
};

/** Whether a probe with this verdict may have this cause. */
export function mayBeSeenAs(id: CauseId, verdict: Verdict): boolean {
  return seenAs[id]?.includes(verdict) ?? true;
}
