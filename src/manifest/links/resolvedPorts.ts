import { labelsMatch, readLabelSelector, type LabelSelector } from '../../model/labelSelector.ts';
import { toJson, type Node } from '../node.ts';
import type { ManifestObject } from '../object.ts';
import type { Span } from '../position.ts';
import { mapsAt, nameIn, portIn, scalarsAt } from './find.ts';
import type { KnownFacts } from './knownFacts.ts';
import { mentionsOf } from './mentionsOf.ts';
import { isNear } from './near.ts';
import { selectorOfMap } from './selectorMentions.ts';

/** What a port's name or number leads to, to be shown behind it. */
export interface ResolvedPort {
  /** The value that is explained. */
  readonly span: Span;
  /** `number`: a name's container port; `name`: what containers call a number; `target`: where a port without targetPort goes. */
  readonly is: 'number' | 'name' | 'target';
  /** Each once, in rising order. */
  readonly values: readonly (number | string)[];
}

/** The ports of an object that say less than is known: target ports, backends, probes, policy ports by name. */
export function resolvedPorts(object: ManifestObject, known: KnownFacts): readonly ResolvedPort[] {
  return [
    ...serviceTargets(object, known),
    ...backends(object, known),
    ...probes(object),
    ...policyPorts(object, known),
  ].filter(({ values }) => values.length > 0);
}

function serviceTargets(object: ManifestObject, known: KnownFacts): readonly ResolvedPort[] {
  if (object.kind !== 'Service') return [];
  const selector = selectorOfMap(object.at(['spec', 'selector']));
  if (Object.keys(selector.matchLabels).length === 0) return [];
  const ports = podPorts(selector, object, known);
  return mapsAt(object.root, 'spec.ports[]').flatMap((map): readonly ResolvedPort[] => {
    const protocol = nameIn(map.get('protocol')) ?? 'TCP';
    const near = ports.filter((port) => port.protocol === protocol);
    const target = map.get('targetPort');
    const port = map.get('port');
    const value = portIn(target);
    if (target !== undefined && typeof value === 'string') {
      const values = near.filter(({ name }) => name === value).map(({ number }) => number);
      return [{ span: target, is: 'number', values: each(values) }];
    }
    const asked = value ?? portIn(port);
    const at = target ?? port;
    if (typeof asked !== 'number' || at === undefined) return [];
    const names = each(
      near.filter(({ number, name }) => number === asked && name !== '').map(({ name }) => name),
    );
    if (names.length > 0) return [{ span: at, is: 'name', values: names }];
    return target === undefined ? [{ span: at, is: 'target', values: [asked] }] : [];
  });
}

function podPorts(
  selector: LabelSelector,
  { namespace }: ManifestObject,
  known: KnownFacts,
): readonly { name: string; number: number; protocol: string }[] {
  return known
    .podsFor(selector)
    .flatMap((facts) =>
      facts.pods !== undefined &&
      isNear(facts.namespace, namespace) &&
      labelsMatch(selector, facts.pods.labels)
        ? facts.pods.ports
        : [],
    );
}

/** Ports of Services by name. */
function backends(object: ManifestObject, known: KnownFacts): readonly ResolvedPort[] {
  if (object.kind !== 'Ingress') return [];
  const paths = ['spec.defaultBackend.service', 'spec.rules[].http.paths[].backend.service'];
  return paths
    .flatMap((path) => mapsAt(object.root, path))
    .flatMap((service) => {
      const name = nameIn(service.get('name'));
      return scalarsAt(service, 'port.name').map(({ node }): ResolvedPort => {
        const values = known
          .named('Service', name ?? '')
          .filter((facts) => isNear(facts.namespace, object.namespace))
          .flatMap((facts) => facts.service?.ports ?? [])
          .filter((port) => port.name === nameIn(node))
          .map(({ port }) => port);
        return { span: node, is: 'number', values: each(values) };
      });
    });
}

/** Probes and hooks that name a port of their container. */
function probes(object: ManifestObject): readonly ResolvedPort[] {
  return mentionsOf(object).flatMap(({ role, what, node }): readonly ResolvedPort[] => {
    if (role !== 'uses' || what.is !== 'port' || !('container' in what) || typeof what.port === 'number')
      return [];
    const values = mapsAt(what.container, 'ports[]')
      .filter((port) => nameIn(port.get('name')) === what.port)
      .map((port) => numberIn(port.get('containerPort')));
    return [{ span: node, is: 'number', values: each(values.filter((value) => value !== undefined)) }];
  });
}

function policyPorts(object: ManifestObject, known: KnownFacts): readonly ResolvedPort[] {
  if (object.kind !== 'NetworkPolicy') return [];
  const selector = readLabelSelector(toJson(object.at(['spec', 'podSelector'])));
  if (selector === undefined) return [];
  const ports = podPorts(selector, object, known);
  return scalarsAt(object.root, 'spec.ingress[].ports[].port').flatMap(
    ({ node }): readonly ResolvedPort[] => {
      const name = nameIn(node);
      if (name === undefined) return [];
      const values = ports.filter((port) => port.name === name).map(({ number }) => number);
      return [{ span: node, is: 'number', values: each(values) }];
    },
  );
}

function numberIn(node: Node | undefined): number | undefined {
  const value = portIn(node);
  return typeof value === 'number' ? value : undefined;
}

function each<T extends number | string>(values: readonly T[]): readonly T[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
}
