/*
 * What people write in the types they write most: the fields that come first, those that a new map starts with
 * (`!`), and the server's defaults (pkg/apis/*\/v1/defaults.go). Fields that must be there start a map anyway.
 */

const usualText = `
apps.v1.DeploymentSpec replicas selector! template! strategy
apps.v1.StatefulSetSpec serviceName! replicas selector! template! volumeClaimTemplates
apps.v1.DaemonSetSpec selector! template! updateStrategy
apps.v1.ReplicaSetSpec replicas selector! template!
batch.v1.JobSpec template! backoffLimit completions parallelism ttlSecondsAfterFinished
batch.v1.CronJobSpec schedule! jobTemplate! concurrencyPolicy
batch.v1.JobTemplateSpec spec!
core.v1.PodTemplateSpec metadata! spec!
core.v1.PodSpec containers! initContainers volumes restartPolicy serviceAccountName nodeSelector hostNetwork dnsPolicy
core.v1.Container name! image! ports command args env envFrom volumeMounts resources readinessProbe livenessProbe startupProbe securityContext imagePullPolicy
core.v1.ContainerPort containerPort! name protocol hostPort
core.v1.EnvVar name! value! valueFrom
core.v1.VolumeMount name! mountPath! readOnly subPath
core.v1.Volume name! emptyDir configMap secret persistentVolumeClaim hostPath projected nfs csi ephemeral image downwardAPI
core.v1.ServiceSpec type selector! ports! clusterIP externalName sessionAffinity externalTrafficPolicy internalTrafficPolicy
core.v1.ServicePort port! targetPort! name protocol nodePort appProtocol
core.v1.Probe httpGet tcpSocket exec grpc initialDelaySeconds periodSeconds timeoutSeconds failureThreshold
core.v1.HTTPGetAction path! port! scheme httpHeaders
core.v1.TCPSocketAction port!
core.v1.ExecAction command!
core.v1.ResourceRequirements requests! limits!
core.v1.PersistentVolumeClaimSpec accessModes! resources! storageClassName volumeMode volumeName
core.v1.VolumeResourceRequirements requests!
core.v1.PersistentVolumeSpec capacity! accessModes! persistentVolumeReclaimPolicy storageClassName hostPath nfs csi local
core.v1.ConfigMapVolumeSource name! items optional defaultMode
core.v1.SecretVolumeSource secretName! items optional defaultMode
core.v1.HostPathVolumeSource path! type
core.v1.ProjectedVolumeSource sources!
core.v1.KeyToPath key! path!
core.v1.ConfigMapKeySelector name! key!
core.v1.SecretKeySelector name! key!
core.v1.ConfigMapEnvSource name! optional
core.v1.SecretEnvSource name! optional
core.v1.EnvFromSource configMapRef secretRef prefix
core.v1.LocalObjectReference name!
meta.v1.ObjectMeta name namespace labels annotations
meta.v1.LabelSelector matchLabels! matchExpressions
networking.v1.NetworkPolicySpec podSelector! policyTypes! ingress egress
networking.v1.NetworkPolicyIngressRule from! ports
networking.v1.NetworkPolicyEgressRule to! ports
networking.v1.NetworkPolicyPeer podSelector namespaceSelector ipBlock
networking.v1.NetworkPolicyPort protocol! port! endPort
networking.v1.IPBlock cidr! except
networking.v1.IngressSpec ingressClassName rules! tls defaultBackend
networking.v1.IngressRule host! http!
networking.v1.HTTPIngressRuleValue paths!
networking.v1.HTTPIngressPath path! pathType! backend!
networking.v1.IngressBackend service! resource
networking.v1.IngressServiceBackend name! port!
networking.v1.ServiceBackendPort number! name
networking.v1.IngressTLS hosts! secretName!
storage.v1.StorageClass provisioner! parameters reclaimPolicy volumeBindingMode allowVolumeExpansion
autoscaling.v2.HorizontalPodAutoscalerSpec scaleTargetRef! minReplicas! maxReplicas! metrics
autoscaling.v2.CrossVersionObjectReference apiVersion! kind! name!
policy.v1.PodDisruptionBudgetSpec minAvailable maxUnavailable selector!
rbac.v1.PolicyRule apiGroups! resources! verbs!
`;

const defaultsText = `
core.v1.ServiceSpec type=ClusterIP sessionAffinity=None internalTrafficPolicy=Cluster externalTrafficPolicy=Cluster allocateLoadBalancerNodePorts=true ipFamilyPolicy=SingleStack publishNotReadyAddresses=false
core.v1.ServicePort protocol=TCP
core.v1.ClientIPConfig timeoutSeconds=10800
core.v1.ContainerPort protocol=TCP
core.v1.PodSpec restartPolicy=Always dnsPolicy=ClusterFirst terminationGracePeriodSeconds=30 schedulerName=default-scheduler enableServiceLinks=true serviceAccountName=default preemptionPolicy=PreemptLowerPriority hostNetwork=false hostPID=false hostIPC=false shareProcessNamespace=false setHostnameAsFQDN=false automountServiceAccountToken=true
core.v1.Container imagePullPolicy=IfNotPresent terminationMessagePath=/dev/termination-log terminationMessagePolicy=File stdin=false tty=false
core.v1.Probe initialDelaySeconds=0 timeoutSeconds=1 periodSeconds=10 successThreshold=1 failureThreshold=3
core.v1.HTTPGetAction path=/ scheme=HTTP
core.v1.VolumeMount readOnly=false mountPropagation=None
core.v1.ConfigMapVolumeSource defaultMode=0644 optional=false
core.v1.SecretVolumeSource defaultMode=0644 optional=false
core.v1.ProjectedVolumeSource defaultMode=0644
core.v1.DownwardAPIVolumeSource defaultMode=0644
core.v1.ServiceAccountTokenProjection expirationSeconds=3600
core.v1.PersistentVolumeClaimSpec volumeMode=Filesystem
core.v1.PersistentVolumeSpec volumeMode=Filesystem persistentVolumeReclaimPolicy=Retain
core.v1.Secret type=Opaque
apps.v1.DeploymentSpec replicas=1 revisionHistoryLimit=10 progressDeadlineSeconds=600 minReadySeconds=0
apps.v1.DeploymentStrategy type=RollingUpdate
apps.v1.RollingUpdateDeployment maxSurge=25% maxUnavailable=25%
apps.v1.StatefulSetSpec replicas=1 podManagementPolicy=OrderedReady revisionHistoryLimit=10
apps.v1.StatefulSetUpdateStrategy type=RollingUpdate
apps.v1.DaemonSetSpec revisionHistoryLimit=10
apps.v1.DaemonSetUpdateStrategy type=RollingUpdate
apps.v1.ReplicaSetSpec replicas=1
batch.v1.JobSpec completions=1 parallelism=1 backoffLimit=6 completionMode=NonIndexed suspend=false
batch.v1.CronJobSpec concurrencyPolicy=Allow successfulJobsHistoryLimit=3 failedJobsHistoryLimit=1 suspend=false
networking.v1.NetworkPolicyPort protocol=TCP
autoscaling.v2.HorizontalPodAutoscalerSpec minReplicas=1
storage.v1.StorageClass reclaimPolicy=Delete volumeBindingMode=Immediate
`;

/** Maps that mostly stay empty. */
const emptyMaps = new Set(['core.v1.Volume.emptyDir']);

/** How people use the fields of types. */
export class Usual {
  readonly #order = new Map<string, readonly string[]>();
  readonly #starting = new Map<string, ReadonlySet<string>>();
  readonly #defaults = new Map<string, string>();

  constructor() {
    for (const [type, words] of linesOf(usualText)) {
      this.#order.set(
        type,
        words.map((word) => word.replace('!', '')),
      );
      const starting = words.filter((word) => word.endsWith('!')).map((word) => word.slice(0, -1));
      this.#starting.set(type, new Set(starting));
    }
    for (const [type, words] of linesOf(defaultsText)) {
      for (const word of words) {
        const equals = word.indexOf('=');
        this.#defaults.set(`${type}.${word.slice(0, equals)}`, word.slice(equals + 1));
      }
    }
  }

  /** Every `Type.field` that is known here. */
  get fields(): readonly string[] {
    const ordered = [...this.#order].flatMap(([type, names]) => names.map((name) => `${type}.${name}`));
    return [...ordered, ...this.#defaults.keys()];
  }

  /** The place of a field among those that people write first; Infinity for the others. */
  rank(type: string, field: string): number {
    const place = this.#order.get(type)?.indexOf(field) ?? -1;
    return place === -1 ? Number.POSITIVE_INFINITY : place;
  }

  /** Whether a new map of the type starts with the field. */
  starts(type: string, field: string): boolean {
    return this.#starting.get(type)?.has(field) ?? false;
  }

  /** Whether people mostly write `{}` for the field. */
  isEmpty(type: string, field: string): boolean {
    return emptyMaps.has(`${type}.${field}`);
  }

  /** What the server takes when the field is not written; undefined: nothing, or we do not know. */
  defaultOf(type: string, field: string): string | undefined {
    return this.#defaults.get(`${type}.${field}`);
  }
}

function linesOf(text: string): readonly (readonly [string, readonly string[]])[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [type = '', ...words] = line.split(' ');
      return [type, words] as const;
    });
}
