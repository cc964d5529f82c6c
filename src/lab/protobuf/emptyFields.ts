/**
 * Optional fields that are no pointers in Go: the API server writes them in protobuf even where they are empty, and
 * leaves them out of JSON (k8s.io/api core/v1 and discovery/v1, types.go). Required ones are known by the schema.
 */
const lines = `
meta.v1.ObjectMeta name generateName namespace selfLink uid resourceVersion generation creationTimestamp
meta.v1.OwnerReference kind name uid apiVersion
meta.v1.ManagedFieldsEntry manager operation apiVersion fieldsType subresource
core.v1.Container image workingDir resources terminationMessagePath imagePullPolicy stdin stdinOnce tty terminationMessagePolicy
core.v1.ContainerPort name hostPort containerPort protocol hostIP
core.v1.ContainerStatus name state lastState ready restartCount image imageID containerID
core.v1.ContainerStateWaiting reason message
core.v1.ContainerStateRunning startedAt
core.v1.ContainerStateTerminated exitCode signal reason message startedAt finishedAt containerID
core.v1.EnvVar name value
core.v1.EmptyDirVolumeSource medium
core.v1.HTTPGetAction path host scheme
core.v1.LoadBalancerIngress ip hostname
core.v1.NodeCondition lastHeartbeatTime lastTransitionTime reason message
core.v1.NodeSpec podCIDR externalID providerID unschedulable
core.v1.NodeStatus phase daemonEndpoints nodeInfo
core.v1.NamespaceStatus phase
core.v1.ObjectReference kind namespace name uid apiVersion resourceVersion fieldPath
core.v1.PersistentVolumeClaimSpec resources volumeName
core.v1.PersistentVolumeClaimStatus phase
core.v1.PersistentVolumeSpec persistentVolumeReclaimPolicy storageClassName
core.v1.PersistentVolumeStatus phase message reason
core.v1.PodCondition lastProbeTime lastTransitionTime reason message observedGeneration
core.v1.PodSpec restartPolicy dnsPolicy serviceAccountName serviceAccount nodeName hostNetwork hostPID hostIPC hostname subdomain schedulerName priorityClassName
core.v1.PodStatus phase message reason hostIP podIP qosClass nominatedNodeName resize observedGeneration
core.v1.Probe initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold
core.v1.ServicePort name protocol nodePort
core.v1.ServiceSpec clusterIP type sessionAffinity loadBalancerIP externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses
core.v1.ServiceStatus loadBalancer
core.v1.Toleration key operator value effect
core.v1.VolumeMount name readOnly mountPath subPath subPathExpr
discovery.v1.Endpoint conditions
`;

export const writtenWhenEmpty: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  lines
    .trim()
    .split('\n')
    .map((line): [string, ReadonlySet<string>] => {
      const [struct = '', ...fields] = line.split(' ');
      return [struct, new Set(fields)];
    }),
);
