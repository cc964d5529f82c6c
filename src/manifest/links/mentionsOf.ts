import { strings } from '../../model/json.ts';
import { readLabelSelector, type LabelSelector } from '../../model/labelSelector.ts';
import { templatePaths } from '../facts.ts';
import type { ManifestFile } from '../file.ts';
import { MapNode, nodeAt, toJson } from '../node.ts';
import { Memo, type ManifestObject } from '../object.ts';
import { mapsAt, nameIn, portIn, scalarsAt } from './find.ts';
import type { Mention, Selection } from './mention.ts';
import { objectReferences } from './objectReferences.ts';
import { labelsGiven, podMentions } from './podMentions.ts';
import { mapSelectorMentions, selectorMentions, selectorOfMap } from './selectorMentions.ts';

/** Kinds whose selector selects the pods of their own template, and whose selector the server keeps as it is. */
const ownSelectors: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
]);

interface Kept {
  readonly mentions: readonly Mention[];
  /** The document's text may have moved in the file since: the places must be those of the present object. */
  readonly object: ManifestObject;
}

const memo = new Memo<Kept>('links');

/** Every place of an object that gives a name or uses one. */
export function mentionsOf(object: ManifestObject): readonly Mention[] {
  const kept = object.recall(memo);
  if (kept?.object === object) return kept.mentions;
  return object.remember(memo, { object, mentions: read(object) }).mentions;
}

/** The mentions at an offset of a file: mostly one; `port: 80` of a Service may be two. */
export function mentionsAt(file: ManifestFile, offset: number): readonly Mention[] {
  return file.objects.flatMap((object) => {
    const at = offset - object.documentStart;
    if (at < object.root.start || at > object.root.end) return [];
    return mentionsOf(object).filter(({ node }) => node.start <= at && at <= node.end);
  });
}

/** The map that holds the pod's `metadata` and `spec`, in an object that is or makes pods. */
export function podTemplateOf(object: ManifestObject): MapNode | undefined {
  if (object.kind === 'Pod') return object.root;
  const path = templatePaths[object.kind];
  const template = path === undefined ? undefined : nodeAt(object.root, path);
  return template instanceof MapNode ? template : undefined;
}

function read(object: ManifestObject): readonly Mention[] {
  const template = podTemplateOf(object);
  return [
    ...ownName(object),
    ...objectReferences(object, mapsAt(template, 'spec')[0]),
    ...(template === undefined ? [] : podMentions(object, template)),
    ...selectors(object),
    ...servicePorts(object),
    ...policyPorts(object),
    ...backendPorts(object),
  ];
}

function ownName(object: ManifestObject): readonly Mention[] {
  const node = object.at(['metadata', 'name']);
  const name = nameIn(node);
  const own: readonly Mention[] =
    node?.type === 'scalar' && name !== undefined && object.kind !== ''
      ? [{ object, node, role: 'gives', what: { is: 'object', kind: object.kind, name } }]
      : [];
  if (object.kind !== 'Namespace') return own;
  const labels = object.at(['metadata', 'labels']);
  // The server labels every namespace with its name.
  const all = { 'kubernetes.io/metadata.name': name ?? '', ...strings(toJson(labels)) };
  const named: readonly Mention[] =
    node?.type === 'scalar' && name !== undefined
      ? [
          {
            object,
            node,
            role: 'gives',
            what: {
              is: 'label',
              part: 'value',
              key: 'kubernetes.io/metadata.name',
              value: name,
              of: 'namespaces',
              labels: all,
            },
          },
        ]
      : [];
  return [...own, ...named, ...labelsGiven(object, labels, all, 'namespaces')];
}

function selectors(object: ManifestObject): readonly Mention[] {
  const selector = object.at(['spec', 'selector']);
  if (ownSelectors.has(object.kind))
    return selectorMentions(object, selector, { pods: 'own', fixed: 'spec.selector' });
  switch (object.kind) {
    case 'Service':
      return mapSelectorMentions(object, selector, { pods: 'namespace' });
    case 'ReplicationController':
      return mapSelectorMentions(object, selector, { pods: 'own' });
    case 'PodDisruptionBudget':
      return selectorMentions(object, selector, { pods: 'namespace' });
    case 'NetworkPolicy':
      return [
        ...selectorMentions(object, object.at(['spec', 'podSelector']), { pods: 'namespace' }),
        ...peersOf(object).flatMap((peer) => [
          ...selectorMentions(object, peer.get('podSelector'), { pods: podsOf(peer) }),
          ...selectorMentions(object, peer.get('namespaceSelector'), { pods: 'anywhere', of: 'namespaces' }),
        ]),
      ];
    default:
      return [];
  }
}

function peersOf(object: ManifestObject): readonly MapNode[] {
  return ['spec.ingress[].from[]', 'spec.egress[].to[]'].flatMap((path) => mapsAt(object.root, path));
}

function podsOf(peer: MapNode): Selection['pods'] {
  return peer.has('namespaceSelector') ? 'anywhere' : 'namespace';
}

function servicePorts(object: ManifestObject): readonly Mention[] {
  if (object.kind !== 'Service') return [];
  const selector = selectorOfMap(object.at(['spec', 'selector']));
  const selection: Selection = { selector, pods: 'namespace' };
  const selects = Object.keys(selector.matchLabels).length > 0;
  return mapsAt(object.root, 'spec.ports[]').flatMap((map) =>
    ['name', 'port', 'targetPort'].flatMap((field): readonly Mention[] => {
      const node = map.get(field);
      const port = portIn(node);
      if (node?.type !== 'scalar' || port === undefined) return [];
      const use: Mention = { object, node, role: 'uses', what: { is: 'port', port, selection } };
      if (field === 'targetPort') return selects ? [use] : [];
      const given: Mention = {
        object,
        node,
        role: 'gives',
        what: { is: 'servicePort', service: object.name, port },
      };
      // Without a targetPort the Service's own number is meant.
      return field === 'port' && selects && !map.has('targetPort') ? [given, use] : [given];
    }),
  );
}

/** Policies name ports of the pods that traffic goes to. */
function policyPorts(object: ManifestObject): readonly Mention[] {
  if (object.kind !== 'NetworkPolicy') return [];
  const own = readLabelSelector(toJson(object.at(['spec', 'podSelector'])));
  const portsOf = (rule: MapNode, selections: readonly Selection[]): readonly Mention[] =>
    scalarsAt(rule, 'ports[].port').flatMap(({ node }) => {
      const port = portIn(node);
      if (port === undefined) return [];
      return selections.map((selection): Mention => ({
        object,
        node,
        role: 'uses',
        what: { is: 'port', port, selection },
      }));
    });
  const ingress = mapsAt(object.root, 'spec.ingress[]').flatMap((rule) =>
    own === undefined ? [] : portsOf(rule, [{ selector: own, pods: 'namespace' }]),
  );
  const everything: LabelSelector = { matchLabels: {}, matchExpressions: [] };
  const egress = mapsAt(object.root, 'spec.egress[]').flatMap((rule) =>
    portsOf(
      rule,
      mapsAt(rule, 'to[]')
        .filter((peer) => !peer.has('ipBlock'))
        .map((peer) => ({
          selector: readLabelSelector(toJson(peer.get('podSelector'))) ?? everything,
          pods: podsOf(peer),
        })),
    ),
  );
  return [...ingress, ...egress];
}

/** Ingresses and routes name ports of Services. */
function backendPorts(object: ManifestObject): readonly Mention[] {
  const use = (service: MapNode, node: ReturnType<MapNode['get']>): readonly Mention[] => {
    const name = nameIn(service.get('name'));
    const port = portIn(node);
    if (name === undefined || port === undefined || node?.type !== 'scalar') return [];
    return [{ object, node, role: 'uses', what: { is: 'servicePort', service: name, port } }];
  };
  if (object.kind === 'Ingress') {
    return ['spec.defaultBackend.service', 'spec.rules[].http.paths[].backend.service'].flatMap((path) =>
      mapsAt(object.root, path).flatMap((service) =>
        ['name', 'number'].flatMap((field) => use(service, nodeAt(service, ['port', field]))),
      ),
    );
  }
  if (object.kind !== 'HTTPRoute' && object.kind !== 'GRPCRoute') return [];
  return mapsAt(object.root, 'spec.rules[].backendRefs[]').flatMap((backend) =>
    use(backend, backend.get('port')),
  );
}
