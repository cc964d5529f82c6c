import { strings } from '../../model/json.ts';
import type { Labels } from '../../model/objects.ts';
import { MapNode, toJson, type Node } from '../node.ts';
import type { ManifestObject } from '../object.ts';
import { mapsAt, nameIn, portIn, scalarsAt } from './find.ts';
import type { Mention } from './mention.ts';
import { containerLists } from './objectReferences.ts';
import { selectorMentions } from './selectorMentions.ts';

/** Fields of a container that name one of its own ports. */
const handlers = [
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle.postStart',
  'lifecycle.preStop',
].flatMap((handler) => [`${handler}.httpGet.port`, `${handler}.tcpSocket.port`]);

/**
 * What a pod, or the template of a workload, says within itself: its labels, volumes and their mounts, its
 * containers' ports and who asks for them, and what its scheduling selects.
 *
 * @param template the map that holds the pod's `metadata` and `spec`
 */
export function podMentions(object: ManifestObject, template: MapNode): readonly Mention[] {
  const labelNode = mapsAt(template, 'metadata.labels')[0];
  const labels = strings(toJson(labelNode));
  const [spec] = mapsAt(template, 'spec');
  return [
    ...labelsGiven(object, labelNode, labels, 'pods'),
    ...(spec === undefined ? [] : [...volumes(object, spec), ...ports(object, spec, labels)]),
    ...(spec === undefined ? [] : scheduling(object, spec)),
  ];
}

/** The labels that an object's pods, or a Namespace, bear. */
export function labelsGiven(
  object: ManifestObject,
  node: Node | undefined,
  labels: Labels,
  of: 'pods' | 'namespaces',
): readonly Mention[] {
  if (!(node instanceof MapNode)) return [];
  return node.entries.flatMap(({ key, value }): readonly Mention[] => {
    const text = nameIn(value);
    if (text === undefined || value.type !== 'scalar') return [];
    const what = { is: 'label', key: key.value, value: text, of, labels } as const;
    return [
      { object, node: key, role: 'gives', what: { ...what, part: 'key' } },
      { object, node: value, role: 'gives', what: { ...what, part: 'value' } },
    ];
  });
}

function volumes(object: ManifestObject, spec: MapNode): readonly Mention[] {
  const claims = object.kind === 'StatefulSet' ? 'spec.volumeClaimTemplates[].metadata.name' : undefined;
  const given = [
    ...scalarsAt(spec, 'volumes[].name').map((found) => ({ ...found, fixed: undefined })),
    ...(claims === undefined ? [] : scalarsAt(object.root, claims)).map((found) => ({
      ...found,
      fixed: 'spec.volumeClaimTemplates',
    })),
  ].flatMap(({ node, fixed }): readonly Mention[] => {
    const name = nameIn(node);
    if (name === undefined) return [];
    return [
      {
        object,
        node,
        role: 'gives',
        what: { is: 'volume', name },
        ...(fixed !== undefined && { fixed }),
      },
    ];
  });
  const used = containerLists.flatMap((list) =>
    ['volumeMounts[].name', 'volumeDevices[].name'].flatMap((field) =>
      scalarsAt(spec, `${list}[].${field}`).flatMap(({ node }): readonly Mention[] => {
        const name = nameIn(node);
        return name === undefined ? [] : [{ object, node, role: 'uses', what: { is: 'volume', name } }];
      }),
    ),
  );
  return [...given, ...used];
}

function ports(object: ManifestObject, spec: MapNode, labels: Labels): readonly Mention[] {
  return containerLists.flatMap((list) =>
    mapsAt(spec, `${list}[]`).flatMap((container): readonly Mention[] => {
      const given = ['ports[].name', 'ports[].containerPort'].flatMap((path) =>
        scalarsAt(container, path).flatMap(({ node }): readonly Mention[] => {
          const port = portIn(node);
          if (port === undefined) return [];
          return [{ object, node, role: 'gives', what: { is: 'port', port, container, labels } }];
        }),
      );
      const used = handlers.flatMap((path) =>
        scalarsAt(container, path).flatMap(({ node }): readonly Mention[] => {
          const port = portIn(node);
          return port === undefined
            ? []
            : [{ object, node, role: 'uses', what: { is: 'port', port, container } }];
        }),
      );
      return [...given, ...used];
    }),
  );
}

/** Affinity and topology spread select pods by labels. */
function scheduling(object: ManifestObject, spec: MapNode): readonly Mention[] {
  const terms = ['podAffinity', 'podAntiAffinity'].flatMap((field) => [
    `affinity.${field}.requiredDuringSchedulingIgnoredDuringExecution[]`,
    `affinity.${field}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm`,
  ]);
  return [...terms, 'topologySpreadConstraints[]'].flatMap((path) =>
    mapsAt(spec, path).flatMap((term) => {
      const elsewhere = term.has('namespaces') || term.has('namespaceSelector');
      const pods = elsewhere ? 'anywhere' : 'namespace';
      return [
        ...selectorMentions(object, term.get('labelSelector'), { pods }),
        ...selectorMentions(object, term.get('namespaceSelector'), { pods: 'anywhere', of: 'namespaces' }),
      ];
    }),
  );
}
