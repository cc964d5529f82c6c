import { templatePaths, type ObjectFacts, type PodFacts, type PortFact } from '../../../manifest/facts.ts';
import { nodeAt, type MapNode, type Node } from '../../../manifest/node.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import { sameNamespace } from '../../../rules/knownObjects.ts';
import { integerOf, mapsOf, textOf } from '../../../rules/read.ts';
import { marker } from './cursor.ts';
import type { Place, Step } from './place.ts';
import type { Use } from './use.ts';

/** A name that exists and could stand at a place. */
export interface Choice {
  readonly value: string | number;
  /** For labels: the key, where `value` is the label's value. */
  readonly key?: string;
  /** What it is, such as `port 80 of container web`. */
  readonly what: string;
  readonly place: Place;
}

/** Every name that the objects give for a use, each as often as it is given. */
export function choicesFor(
  use: Use,
  object: ManifestObject,
  objects: readonly ObjectFacts[],
): readonly Choice[] {
  const near = objects.filter((facts) => sameNamespace(facts.namespace, object.namespace));
  switch (use.is) {
    case 'label': {
      const pool = use.pods === 'anywhere' ? objects : near;
      const own = (facts: ObjectFacts): boolean => facts.kind === object.kind && facts.name === object.name;
      return labels(use, use.pods === 'own' ? pool.filter(own) : pool);
    }
    case 'podPort':
      return near.filter((facts) => facts.pods && isSelected(use.selector, facts.pods)).flatMap(portsOf);
    case 'containerPort':
      return containerPorts(use.container);
    case 'volume':
      return volumes(use.pod, object);
    case 'object':
      return near
        .filter(
          ({ kind, service }) => kind === use.kind && (use.headless !== true || service?.headless === true),
        )
        .map((facts) => ({ value: facts.name, what: facts.kind, place: { giver: facts, steps: [] } }));
    case 'dataKey':
      return near
        .filter(({ kind, name }) => kind === use.kind && name === use.name)
        .flatMap((facts) =>
          (facts.keys ?? []).map((key) => ({
            value: key,
            what: `key of ${facts.kind}`,
            place: { giver: facts, steps: ['data', key] },
          })),
        );
    case 'servicePort':
      return near
        .filter(({ kind, name }) => kind === 'Service' && name === use.service)
        .flatMap((facts) => servicePorts(facts, use.by));
  }
}

/** The objects whose pods a selector selects. An empty selector selects none here. */
export function selectedBy(
  selector: ReadonlyMap<string, string>,
  object: ManifestObject,
  pods: 'own' | 'namespace' | 'anywhere',
  objects: readonly ObjectFacts[],
): readonly ObjectFacts[] {
  if (selector.size === 0) return [];
  return objects.filter(
    (facts) =>
      facts.pods !== undefined &&
      (pods === 'anywhere' || sameNamespace(facts.namespace, object.namespace)) &&
      (pods !== 'own' || (facts.kind === object.kind && facts.name === object.name)) &&
      isSelected(selector, facts.pods),
  );
}

function isSelected(selector: ReadonlyMap<string, string>, pods: PodFacts, besides?: string): boolean {
  let counted = 0;
  for (const [key, value] of selector) {
    if (key === besides || key.includes(marker) || value.includes(marker)) continue;
    counted += 1;
    if (!Object.hasOwn(pods.labels, key) || pods.labels[key] !== value) return false;
  }
  return counted > 0 || besides !== undefined;
}

function labels(use: Extract<Use, { is: 'label' }>, pool: readonly ObjectFacts[]): readonly Choice[] {
  return pool.flatMap((facts) => {
    if (facts.pods === undefined || !isSelected(use.selector, facts.pods, use.key)) return [];
    return Object.entries(facts.pods.labels)
      .filter(([key]) => (use.key === '' ? !use.selector.has(key) : key === use.key))
      .map(([key, value]) => ({
        key,
        value,
        what: 'label of pods',
        place: { giver: facts, steps: [...templateOf(facts), 'metadata', 'labels', key] },
      }));
  });
}

function templateOf(facts: ObjectFacts): readonly string[] {
  return templatePaths[facts.kind] ?? [];
}

function portsOf(facts: ObjectFacts): readonly Choice[] {
  return (facts.pods?.ports ?? []).flatMap((port) => {
    const container: Step = {
      lists: ['containers', 'initContainers'],
      field: 'name',
      equals: port.container,
    };
    const above: readonly Step[] = [...templateOf(facts), 'spec', container];
    const choice = (value: string | number, field: string): Choice => ({
      value,
      what: portText(port),
      place: { giver: facts, steps: [...above, { lists: ['ports'], field, equals: value }, field] },
    });
    const number = choice(port.number, 'containerPort');
    return port.name === '' ? [number] : [choice(port.name, 'name'), number];
  });
}

function portText({ number, protocol, container }: PortFact): string {
  return `port ${number}${protocol === 'TCP' ? '' : `/${protocol}`} of container ${container}`;
}

function containerPorts(container: MapNode): readonly Choice[] {
  return mapsOf(container.get('ports')).flatMap((port) => {
    const number = port.get('containerPort');
    const name = port.get('name');
    const value = integerOf(number);
    const text = textOf(name);
    if (number === undefined || value === undefined) return [];
    const what = `port ${value} of this container`;
    const byNumber: Choice = { value, what, place: { here: number } };
    return name === undefined || text === undefined
      ? [byNumber]
      : [{ value: text, what, place: { here: name } }, byNumber];
  });
}

function volumes(pod: MapNode, object: ManifestObject): readonly Choice[] {
  const choice = (name: Node | undefined, what: string): readonly Choice[] => {
    const value = textOf(name);
    return name === undefined || value === undefined ? [] : [{ value, what, place: { here: name } }];
  };
  const own = mapsOf(pod.get('volumes')).flatMap((volume) => {
    const source = volume.entries.find((entry) => entry.key.value !== 'name')?.key.value ?? 'emptyDir';
    return choice(volume.get('name'), `volume: ${source}`);
  });
  const templates = object.kind === 'StatefulSet' ? object.at(['spec', 'volumeClaimTemplates']) : undefined;
  const claims = mapsOf(templates).flatMap((claim) =>
    choice(nodeAt(claim, ['metadata', 'name']), 'volume claim template'),
  );
  return [...own, ...claims];
}

function servicePorts(facts: ObjectFacts, by: 'name' | 'number'): readonly Choice[] {
  const field = by === 'name' ? 'name' : 'port';
  return (facts.service?.ports ?? []).flatMap(({ name, port }): readonly Choice[] => {
    const value = by === 'name' ? name : port;
    if (value === '') return [];
    const what = `port ${port}${name === '' ? '' : ` (${name})`} of Service ${facts.name}`;
    const item: Step = { lists: ['ports'], field, equals: value };
    return [{ value, what, place: { giver: facts, steps: ['spec', item, field] } }];
  });
}
