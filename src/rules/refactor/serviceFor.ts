import { mapsAt, nameIn } from '../../manifest/links/find.ts';
import { podTemplateOf } from '../../manifest/links/mentionsOf.ts';
import { toJson } from '../../manifest/node.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import { record, strings, type Json } from '../../model/json.ts';
import type { Labels } from '../../model/objects.ts';
import { lastingLabels } from '../../model/passingLabels.ts';
import { asDnsLabel, dns1035LabelProblem } from '../formats.ts';
import { integerOf, textsOf } from '../read.ts';

interface Port {
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

/**
 * A Service for the pods that an object is or makes: it selects them by their labels, and offers each of their
 * ports, by name where they have one. undefined: they have no labels, or declare no port.
 */
export function serviceFor(object: ManifestObject): Json | undefined {
  const template = podTemplateOf(object);
  const selector = template === undefined ? {} : podSelectorOf(object);
  const ports = servicePorts(containerPorts(object));
  if (Object.keys(selector).length === 0 || ports.length === 0) return undefined;
  const isStateful = object.kind === 'StatefulSet';
  const governing = isStateful ? nameIn(object.at(['spec', 'serviceName'])) : undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: governing ?? serviceName(object.name),
      ...(object.namespace !== undefined && { namespace: object.namespace }),
    },
    spec: {
      // Each pod of a StatefulSet gets a name of its own by a headless Service.
      ...(isStateful && { clusterIP: 'None' }),
      selector,
      ports,
    },
  };
}

/** What selects an object's pods, and stays the same: a workload's own selector, else the pods' labels. */
export function podSelectorOf(object: ManifestObject): Labels {
  const own = textsOf(object.at(['spec', 'selector', 'matchLabels']));
  if (object.kind !== 'Pod' && own.size > 0) return Object.fromEntries(own);
  const template = podTemplateOf(object);
  return lastingLabels(strings(record(toJson(template?.get('metadata'))).labels));
}

function serviceName(name: string): string {
  if (dns1035LabelProblem(name) === undefined) return name;
  const label = asDnsLabel(name.replace(/^[^a-z]+/i, '')) ?? '';
  return dns1035LabelProblem(label) === undefined ? label : 'service';
}

function containerPorts(object: ManifestObject): readonly Port[] {
  return mapsAt(podTemplateOf(object), 'spec.containers[].ports[]').flatMap((port) => {
    const number = integerOf(port.get('containerPort'));
    if (number === undefined) return [];
    return [
      { name: nameIn(port.get('name')) ?? '', number, protocol: nameIn(port.get('protocol')) ?? 'TCP' },
    ];
  });
}

/** Each number and protocol once; with several ports each needs a name. */
function servicePorts(all: readonly Port[]): readonly Json[] {
  const ports = new Map(all.toReversed().map((port) => [`${port.protocol}/${port.number}`, port]));
  const ordered = [...ports.values()].reverse();
  const names = new Set<string>();
  return ordered.map(({ name, number, protocol }) => {
    const wanted = name === '' ? `${protocol.toLowerCase()}-${number}` : name;
    const unique = names.has(wanted) ? `${protocol.toLowerCase()}-${number}` : wanted;
    names.add(unique);
    return {
      ...((ordered.length > 1 || name !== '') && { name: unique }),
      port: number,
      targetPort: name === '' ? number : name,
      ...(protocol !== 'TCP' && { protocol }),
    };
  });
}
