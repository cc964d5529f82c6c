/** What is wrong with the simulated world where no object says so. All may be missing: then all is well. */
export interface WorldFaults {
  /** The network plugin does not look at NetworkPolicies, like plain flannel. */
  readonly policiesNotEnforced?: boolean;
  /** The network plugin never takes a pod for a part of an ipBlock, like Cilium. */
  readonly ipBlocksMissPods?: boolean;
  /** Nodes on which the addresses of Services lead nowhere. */
  readonly kubeProxyDown?: readonly string[];
  /** Pairs of nodes between which no packet arrives. */
  readonly separatedNodes?: readonly (readonly [string, string])[];
  /** Nodes that are off: their kubelets are silent and nothing on them answers. */
  readonly nodesDown?: readonly string[];
  /** The largest packet, in bytes, that arrives on another node. */
  readonly mtu?: number;
  /** A pod's packets do not come back to it through a Service. */
  readonly noHairpin?: boolean;
  /** A firewall keeps clients outside of the cluster from node ports. */
  readonly nodePortsFirewalled?: boolean;
  /** Pods that somebody deletes once they are ready, as `NAMESPACE/NAME`; they take the time to end that they ask for. */
  readonly deletedPods?: readonly string[];
}

/** Whether packets between two nodes are lost; '' stands for a place outside of the cluster. */
export function losesPackets(faults: WorldFaults, from: string, to: string): boolean {
  const down = faults.nodesDown ?? [];
  if (down.includes(from) || down.includes(to)) return true;
  return (faults.separatedNodes ?? []).some(
    ([one, other]) => (one === from && other === to) || (one === to && other === from),
  );
}
