/** Which columns each resource has. */
import type { ApiObject } from '../objects/meta.ts';
import * as catalog from '../resources/catalog.ts';
import type { Resource } from '../resources/resource.ts';
import * as cluster from './clusterColumns.ts';
import { ageColumn, nameColumn } from './column.ts';
import type { Column } from './column.ts';
import * as network from './networkColumns.ts';
import { podColumns } from './podColumns.ts';
import * as workloads from './workloadColumns.ts';

function entry<T extends ApiObject>(resource: Resource<T>, columns: Column<T>[]): [string, Column[]] {
  // Columns are only ever given objects of their own resource.
  return [resource.storage, columns as unknown as Column[]];
}

const columnsByStorage = new Map<string, readonly Column[]>([
  entry(catalog.pods, podColumns),
  entry(catalog.services, network.serviceColumns),
  entry(catalog.endpoints, network.endpointsColumns),
  entry(catalog.endpointSlices, network.endpointSliceColumns),
  entry(catalog.networkPolicies, network.networkPolicyColumns),
  entry(catalog.nodes, cluster.nodeColumns),
  entry(catalog.namespaces, cluster.namespaceColumns),
  entry(catalog.configMaps, cluster.configMapColumns),
  entry(catalog.secrets, cluster.secretColumns),
  entry(catalog.serviceAccounts, cluster.serviceAccountColumns),
  entry(catalog.persistentVolumeClaims, cluster.persistentVolumeClaimColumns),
  entry(catalog.persistentVolumes, cluster.persistentVolumeColumns),
  entry(catalog.storageClasses, cluster.storageClassColumns),
  entry(catalog.ingressClasses, cluster.ingressClassColumns),
  entry(catalog.ingresses, network.ingressColumns),
  entry(catalog.events, cluster.eventColumns),
  entry(catalog.deployments, workloads.deploymentColumns),
  entry(catalog.replicaSets, workloads.replicaSetColumns),
  entry(catalog.replicationControllers, workloads.replicationControllerColumns),
  entry(catalog.statefulSets, workloads.statefulSetColumns),
  entry(catalog.daemonSets, workloads.daemonSetColumns),
  entry(catalog.jobs, workloads.jobColumns),
  entry(catalog.cronJobs, workloads.cronJobColumns),
]);

/** The columns of a resource's table; name and age where there is no own list. */
export function columnsOf(resource: Resource): readonly Column[] {
  return columnsByStorage.get(resource.storage) ?? [nameColumn, ageColumn];
}
