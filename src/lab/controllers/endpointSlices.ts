/** Writes EndpointSlices and Endpoints of services with a selector, and slices of Endpoints made by hand. */
import { deleteObject } from '../api/deletion.ts';
import { canonicalJson, sameJson } from '../objects/json.ts';
import { keyOf, ownedBy, timestamp } from '../objects/meta.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { EndpointSlice, Endpoints, EndpointSubset, Service } from '../objects/network.ts';
import { endpoints, endpointSlices, pods, services } from '../resources/catalog.ts';
import { matchesLabels } from '../store/selectors.ts';
import { controllerManager, onChangeOf } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { endpointGroups, familiesOf, isHeadless, isSelecting } from './endpointsModel.ts';
import type { EndpointGroup } from './endpointsModel.ts';
import { WorkQueue } from './workQueue.ts';

const serviceNameLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const headlessLabel = 'service.kubernetes.io/headless';
const sliceController = 'endpointslice-controller.k8s.io';
const mirrorController = 'endpointslicemirroring-controller.k8s.io';
const changeTime = 'endpoints.kubernetes.io/last-change-trigger-time';
const maximumEndpoints = 100;
const writer = { manager: controllerManager };

interface WantedSlice {
  addressType: string;
  endpoints: EndpointSlice['endpoints'];
  ports: EndpointSlice['ports'];
}

function wantedSlices(groups: readonly EndpointGroup[], addressType: string): WantedSlice[] {
  const wanted = groups.flatMap(({ ports, endpoints: all }) => {
    const parts: WantedSlice[] = [];
    for (let start = 0; start < all.length; start += maximumEndpoints) {
      parts.push({ addressType, ports, endpoints: all.slice(start, start + maximumEndpoints) });
    }
    return parts;
  });
  // A service without endpoints has one empty slice.
  return wanted.length > 0 ? wanted : [{ addressType, endpoints: null, ports: null }];
}

function writeSlices(
  plane: ControlPlane,
  owner: ApiObject,
  manager: string,
  labels: Record<string, string>,
  wanted: readonly WantedSlice[],
): void {
  const { api } = plane;
  const { namespace, name } = owner.metadata;
  const own = [...api.store.list(endpointSlices, namespace)].filter(
    ({ metadata }) =>
      metadata.labels?.[serviceNameLabel] === name && metadata.labels[managedByLabel] === manager,
  );
  const allLabels = { ...labels, [managedByLabel]: manager, [serviceNameLabel]: name };
  for (const slice of wanted) {
    // A slice keeps its name as long as its ports stay.
    const fitting = own.filter(({ addressType }) => addressType === slice.addressType);
    const reused =
      fitting.find((old) => canonicalJson(old.ports) === canonicalJson(slice.ports)) ?? fitting[0];
    if (reused) own.splice(own.indexOf(reused), 1);
    if (!reused) {
      const metadata = {
        generateName: `${name}-`,
        labels: allLabels,
        ownerReferences: [ownedBy(owner)],
        annotations: { [changeTime]: timestamp() },
      };
      api.create(endpointSlices, namespace, { metadata, ...slice }, writer);
      continue;
    }
    api.modify(endpointSlices, reused.metadata, writer, (draft) => {
      const same = sameJson([draft.endpoints ?? null, draft.ports ?? null], [slice.endpoints, slice.ports]);
      if (!same) draft.metadata.annotations = { ...draft.metadata.annotations, [changeTime]: timestamp() };
      Object.assign(draft, slice);
      draft.metadata.labels = allLabels;
    });
  }
  for (const surplus of own) deleteObject(api, endpointSlices, surplus.metadata);
}

function subsetOf({ ports, endpoints: all }: EndpointGroup): EndpointSubset {
  const addresses = (ready: boolean): EndpointSubset['addresses'] =>
    all
      .filter(({ conditions }) => (conditions?.ready ?? true) === ready && !conditions?.terminating)
      .map(({ addresses: [ip = ''], nodeName, targetRef, hostname }) => ({
        ip,
        ...(hostname ? { hostname } : {}),
        ...(nodeName ? { nodeName } : {}),
        ...(targetRef ? { targetRef } : {}),
      }));
  const ready = addresses(true) ?? [];
  const notReady = addresses(false) ?? [];
  const plainPorts = ports.map(({ name, port, protocol, appProtocol }) => ({
    ...(name ? { name } : {}),
    ...(port === undefined ? {} : { port }),
    ...(protocol ? { protocol } : {}),
    ...(appProtocol ? { appProtocol } : {}),
  }));
  return {
    ...(ready.length > 0 ? { addresses: ready } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(plainPorts.length > 0 ? { ports: plainPorts } : {}),
  };
}

function writeEndpoints(plane: ControlPlane, service: Service, groups: readonly EndpointGroup[]): void {
  const { api } = plane;
  const { namespace, name } = service.metadata;
  const subsets = groups
    .map(subsetOf)
    .filter(({ addresses, notReadyAddresses }) => addresses !== undefined || notReadyAddresses !== undefined);
  const labels = {
    ...service.metadata.labels,
    'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
    ...(isHeadless(service) ? { [headlessLabel]: '' } : {}),
  };
  if (!api.store.get(endpoints, { namespace, name })) {
    const metadata = { name, labels, annotations: { [changeTime]: timestamp() } };
    api.create(endpoints, namespace, { metadata, ...(subsets.length > 0 ? { subsets } : {}) }, writer);
    return;
  }
  api.modify(endpoints, { namespace, name }, writer, (draft) => {
    if (!sameJson(draft.subsets ?? [], subsets)) {
      draft.metadata.annotations = { ...draft.metadata.annotations, [changeTime]: timestamp() };
    }
    if (subsets.length > 0) draft.subsets = subsets;
    else delete draft.subsets;
    draft.metadata.labels = labels;
  });
}

/** Endpoints made by hand for a service without a selector are mirrored into a slice. */
function mirror(plane: ControlPlane, service: Service, handMade: Endpoints): void {
  const skip = handMade.metadata.labels?.['endpointslice.kubernetes.io/skip-mirror'] === 'true';
  if (skip || handMade.subsets === undefined) return;
  const wanted = handMade.subsets.map(({ addresses, notReadyAddresses, ports }) => ({
    addressType: 'IPv4',
    ports: (ports ?? []).map((port) => ({
      ...port,
      name: port.name ?? '',
      protocol: port.protocol ?? 'TCP',
    })),
    endpoints: [
      ...(addresses ?? []).map((address) => ({ address, ready: true })),
      ...(notReadyAddresses ?? []).map((address) => ({ address, ready: false })),
    ].map(({ address, ready }) => ({
      addresses: [address.ip],
      conditions: { ready },
      ...(address.nodeName ? { nodeName: address.nodeName } : {}),
      ...(address.targetRef ? { targetRef: address.targetRef } : {}),
    })),
  }));
  writeSlices(
    plane,
    handMade,
    mirrorController,
    { ...handMade.metadata.labels, ...(isHeadless(service) ? { [headlessLabel]: '' } : {}) },
    wanted,
  );
}

function reconcile(plane: ControlPlane, key: string): void {
  const { store } = plane.api;
  const service = store.collection(services.storage).get(key) as Service | undefined;
  const slash = key.indexOf('/');
  const ref = { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
  const present = store.get(endpoints, ref);
  if (!service) {
    // Slices go with their owner; Endpoints have none and are matched by name.
    if (present?.metadata.labels?.['endpoints.kubernetes.io/managed-by'])
      deleteObject(plane.api, endpoints, ref);
    return;
  }
  if (service.metadata.deletionTimestamp) return;
  if (!isSelecting(service)) {
    if (present) mirror(plane, service, present);
    return;
  }
  const labels = { ...service.metadata.labels, ...(isHeadless(service) ? { [headlessLabel]: '' } : {}) };
  const families = familiesOf(service);
  const wanted = families.flatMap((family) => wantedSlices(endpointGroups(store, service, family), family));
  writeSlices(plane, service, sliceController, labels, wanted);
  // Endpoints hold the first family only.
  writeEndpoints(plane, service, endpointGroups(store, service, families[0] ?? 'IPv4'));
}

/** Starts the controllers of endpoints. */
export function startEndpoints(plane: ControlPlane): Stop {
  const { api } = plane;
  const queue = new WorkQueue({
    reconcile: (key) => {
      reconcile(plane, key);
    },
    onError: (key, error) => {
      plane.onError(`endpoints of ${key}`, error);
    },
  });
  const addServicesOf = (labels: Record<string, string> | undefined, namespace: string | undefined): void => {
    for (const service of api.store.list(services, namespace)) {
      if (isSelecting(service) && matchesLabels(service.spec.selector ?? {}, labels))
        queue.add(keyOf(service));
    }
  };
  const stops = [
    onChangeOf(api, services, ({ object }) => {
      queue.add(keyOf(object));
    }),
    onChangeOf(api, endpoints, ({ object }) => {
      queue.add(keyOf(object));
    }),
    onChangeOf(api, endpointSlices, ({ type, object }) => {
      // One that somebody deleted or changed is put right.
      const name = object.metadata.labels?.[serviceNameLabel];
      if (type !== 'ADDED' && name !== undefined) queue.add(`${object.metadata.namespace ?? ''}/${name}`);
    }),
    onChangeOf(api, pods, ({ object, previous }) => {
      const { namespace } = object.metadata;
      addServicesOf(object.metadata.labels, namespace);
      if (previous && !sameJson(previous.metadata.labels, object.metadata.labels)) {
        addServicesOf(previous.metadata.labels, namespace);
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}
