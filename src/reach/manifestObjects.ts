import { isRecord, list, record, text, type Json } from '../model/json.ts';

/**
 * Objects as manifests hold them, made whole: Lists opened, also those of the API, whose items do not say their kind;
 * a namespace where one is missing; and a name where the API server would make one of `generateName`.
 */
export function wholeObjects(objects: readonly Json[], namespace: string): readonly Json[] {
  return objects.flatMap(openList).map((object, index) => complete(object, namespace, index));
}

function openList(object: Json): readonly Json[] {
  const kind = text(object.kind);
  if (!kind.endsWith('List') || !Array.isArray(object.items)) return [object];
  const said = { apiVersion: object.apiVersion, kind: kind.slice(0, -'List'.length) };
  return list(object.items)
    .filter(isRecord)
    .map((item) => (said.kind === '' || text(item.kind) !== '' ? item : { ...said, ...item }))
    .flatMap(openList);
}

function complete(object: Json, namespace: string, index: number): Json {
  const metadata = record(object.metadata);
  const generated = text(metadata.generateName);
  return {
    ...object,
    metadata: {
      ...metadata,
      namespace: text(metadata.namespace) || namespace,
      ...(text(metadata.name) === '' && generated !== '' && { name: `${generated}${index}` }),
    },
  };
}

/**
 * The slices that the control plane mirrors from an Endpoints object made by hand, for the sake of Services without a
 * selector (EndpointSlice docs, mirroring).
 */
export function mirroredSlices(endpoints: Json): readonly Json[] {
  const { name, namespace, labels } = record(endpoints.metadata);
  return list(endpoints.subsets)
    .map(record)
    .map((subset, index) => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${text(name)}-mirrored-${index}`,
        namespace,
        labels: { ...record(labels), 'kubernetes.io/service-name': text(name) },
      },
      ports: list(subset.ports),
      endpoints: [
        ...list(subset.addresses).map((address) => endpointOf(record(address), true)),
        ...list(subset.notReadyAddresses).map((address) => endpointOf(record(address), false)),
      ],
    }));
}

function endpointOf({ ip, nodeName, targetRef }: Json, ready: boolean): Json {
  return { addresses: [text(ip)], conditions: { ready }, nodeName, targetRef };
}
