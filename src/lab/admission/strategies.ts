/** The strategy of every kind. */
import type { ApiObject } from '../objects/meta.ts';
import * as catalog from '../resources/catalog.ts';
import type { Resource } from '../resources/resource.ts';
import * as kinds from './kindDefaults.ts';
import { defaultPodSpec, preparePod } from './podDefaults.ts';
import { metadata } from './rules/common.ts';
import { validateIngress } from './rules/ingress.ts';
import { dnsLabel } from './rules/names.ts';
import { validateNetworkPolicy } from './rules/networkPolicy.ts';
import { podSpecWarnings, podWarnings, validatePod } from './rules/pod.ts';
import { validatePodUpdate } from './rules/podUpdate.ts';
import { serviceWarnings, validateService, validateServiceUpdate } from './rules/service.ts';
import * as storage from './rules/storage.ts';
import * as rules from './rules/workloads.ts';
import {
  allocateForChangedService,
  allocateForNewService,
  defaultService,
  keepServiceAddresses,
} from './serviceStrategy.ts';
import type { Strategy } from './strategy.ts';
import * as workloads from './workloadDefaults.ts';

function entry<T extends ApiObject>(
  resource: Resource<T>,
  strategy: Strategy<T>,
): [Resource, Strategy<ApiObject>] {
  // What is looked up by a resource is only ever given objects of that resource.
  return [resource, strategy as unknown as Strategy<ApiObject>];
}

const templateWarnings = ({
  spec,
}: {
  spec: { template: { spec: Parameters<typeof podSpecWarnings>[0] } };
}): string[] => podSpecWarnings(spec.template.spec, 'spec.template.spec');

const strategies: ReadonlyMap<Resource, Strategy<ApiObject>> = new Map([
  entry(catalog.pods, {
    setDefaults: (pod) => {
      defaultPodSpec(pod.spec);
      pod.spec.enableServiceLinks ??= true;
    },
    prepareForCreate: preparePod,
    validate: validatePod,
    validateUpdate: validatePodUpdate,
    warnings: podWarnings,
  }),
  entry(catalog.services, {
    setDefaults: defaultService,
    prepareForCreate: (service) => {
      service.status = { loadBalancer: {} };
    },
    prepareForUpdate: keepServiceAddresses,
    validate: validateService,
    validateUpdate: validateServiceUpdate,
    allocate: (next, current, store, dryRun) => {
      if (current) allocateForChangedService(next, current, store, dryRun);
      else allocateForNewService(next, store, dryRun);
    },
    warnings: serviceWarnings,
  }),
  entry(catalog.namespaces, {
    setDefaults: kinds.labelNamespace,
    prepareForCreate: kinds.prepareNamespace,
    validate: (namespace) => metadata(namespace, dnsLabel),
  }),
  entry(catalog.deployments, {
    setDefaults: workloads.defaultDeployment,
    validate: rules.validateDeployment,
    validateUpdate: rules.selectorUnchanged,
    warnings: templateWarnings,
  }),
  entry(catalog.replicaSets, {
    setDefaults: workloads.defaultReplicaSet,
    validate: rules.validateReplicaSet,
    validateUpdate: rules.selectorUnchanged,
    warnings: templateWarnings,
  }),
  entry(catalog.replicationControllers, {
    setDefaults: workloads.defaultReplicationController,
    validate: (controller) => metadata(controller),
  }),
  entry(catalog.statefulSets, {
    setDefaults: workloads.defaultStatefulSet,
    validate: rules.validateStatefulSet,
    validateUpdate: rules.validateStatefulSetUpdate,
    warnings: templateWarnings,
  }),
  entry(catalog.daemonSets, {
    setDefaults: workloads.defaultDaemonSet,
    validate: rules.validateDaemonSet,
    validateUpdate: rules.selectorUnchanged,
    warnings: templateWarnings,
  }),
  entry(catalog.jobs, {
    setDefaults: (job) => {
      workloads.defaultJobSpec(job.spec);
    },
    prepareForCreate: workloads.prepareJob,
    validate: rules.validateJob,
    validateUpdate: rules.validateJobUpdate,
    warnings: templateWarnings,
  }),
  entry(catalog.cronJobs, { setDefaults: workloads.defaultCronJob, validate: rules.validateCronJob }),
  entry(catalog.configMaps, { validate: storage.validateData, validateUpdate: storage.validateDataUpdate }),
  entry(catalog.secrets, {
    setDefaults: kinds.defaultSecret,
    validate: storage.validateData,
    validateUpdate: storage.validateDataUpdate,
  }),
  entry(catalog.persistentVolumeClaims, {
    setDefaults: kinds.defaultClaim,
    prepareForCreate: kinds.prepareClaim,
    validate: storage.validateClaim,
    validateUpdate: storage.validateClaimUpdate,
  }),
  entry(catalog.persistentVolumes, {
    setDefaults: kinds.defaultVolume,
    prepareForCreate: kinds.prepareVolume,
  }),
  entry(catalog.storageClasses, { setDefaults: kinds.defaultStorageClass }),
  entry(catalog.networkPolicies, {
    setDefaults: kinds.defaultNetworkPolicy,
    validate: validateNetworkPolicy,
  }),
  entry(catalog.ingresses, { validate: validateIngress }),
  entry(catalog.endpoints, { setDefaults: kinds.defaultEndpoints }),
  entry(catalog.endpointSlices, { setDefaults: kinds.defaultEndpointSlice }),
]);

/** Kinds without rules of their own still have names and labels. */
const plain: Strategy<ApiObject> = { validate: (object) => metadata(object) };

export function strategyOf(resource: Resource): Strategy<ApiObject> {
  return strategies.get(resource) ?? plain;
}
