import type { CauseId } from '../causeIds.ts';
import { applicationError, applicationHung, certificate, meshMtls, tlsMismatch } from './application.ts';
import type { Detector } from './detector.ts';
import { dnsBlocked, dnsDown, dnsPolicy, dnsSearch } from './dns.ts';
import {
  crossNode,
  egressBlocked,
  hairpin,
  kubeProxyDown,
  mtu,
  nodeNotReady,
  nodePortBlocked,
} from './nodes.ts';
import { endpointsNotReady, endpointsTerminating, podNotRunning, readinessGateUnmet } from './pods.ts';
import {
  policyEgress,
  policyIngress,
  policyIpBlock,
  policyNotEnforced,
  policyPeerShape,
  policyServicePort,
} from './policies.ts';
import { headlessPortNotMapped, namedPortMissing, protocolMismatch, wrongServicePort } from './ports.ts';
import { loadBalancerPending, loadBalancerSources } from './loadBalancers.ts';
import { selectorMatchesNothing, selectorMatchesOthers, serviceNotFound } from './selector.ts';
import {
  externalNameWrong,
  externalTrafficLocal,
  internalTrafficLocal,
  ipFamily,
  manualEndpointsStale,
  otherProxy,
  sessionAffinity,
  topology,
} from './services.ts';
import { listensOnLoopback, notListening, targetPortMismatch } from './targets.ts';
import { policyNotEvaluated } from './unevaluated.ts';

/** How each cause is looked for. */
export const detectors: Readonly<Record<CauseId, Detector>> = {
  'pod-not-running': podNotRunning,
  'dns-search': dnsSearch,
  'service-not-found': serviceNotFound,
  'dns-down': dnsDown,
  'dns-policy': dnsPolicy,
  'dns-blocked': dnsBlocked,
  'external-name-wrong': externalNameWrong,
  'wrong-service-port': wrongServicePort,
  'protocol-mismatch': protocolMismatch,
  'headless-port-not-mapped': headlessPortNotMapped,
  'load-balancer-pending': loadBalancerPending,
  'load-balancer-sources': loadBalancerSources,
  'other-proxy': otherProxy,
  'selector-matches-nothing': selectorMatchesNothing,
  'readiness-gate-unmet': readinessGateUnmet,
  'endpoints-not-ready': endpointsNotReady,
  'endpoints-terminating': endpointsTerminating,
  'manual-endpoints-stale': manualEndpointsStale,
  'internal-traffic-local': internalTrafficLocal,
  'external-traffic-local': externalTrafficLocal,
  'ip-family': ipFamily,
  'named-port-missing': namedPortMissing,
  'target-port-mismatch': targetPortMismatch,
  'policy-peer-shape': policyPeerShape,
  'policy-service-port': policyServicePort,
  'policy-egress': policyEgress,
  'policy-ingress': policyIngress,
  'policy-not-enforced': policyNotEnforced,
  'policy-ipblock': policyIpBlock,
  'policy-not-evaluated': policyNotEvaluated,
  'node-not-ready': nodeNotReady,
  'kube-proxy-down': kubeProxyDown,
  'cross-node': crossNode,
  mtu,
  'node-port-blocked': nodePortBlocked,
  'egress-blocked': egressBlocked,
  'listens-on-loopback': listensOnLoopback,
  'not-listening': notListening,
  'tls-mismatch': tlsMismatch,
  certificate,
  'mesh-mtls': meshMtls,
  'application-hung': applicationHung,
  'application-error': applicationError,
  topology,
  'session-affinity': sessionAffinity,
  'selector-matches-others': selectorMatchesOthers,
  hairpin,
};
