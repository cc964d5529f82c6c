import type { ObjectFacts, PodFacts, ServicePortFact } from '../../manifest/facts.ts';
import { mapsAt, nameIn } from '../../manifest/links/find.ts';
import { podTemplateOf } from '../../manifest/links/mentionsOf.ts';
import type { MapNode } from '../../manifest/node.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import { selects } from '../../model/selector.ts';
import { columnOf, insert } from '../edits.ts';
import { sameNamespace } from '../knownObjects.ts';
import type { Edit } from '../rule.ts';

/** A port that a Service sends to, and the pods do not declare. */
export interface MissingPort {
  readonly service: string;
  /** '' where the Service gives a number. */
  readonly name: string;
  /** Of the target; of the Service where it names a target by a name that no pod has. */
  readonly number: number;
  readonly protocol: string;
}

/** Whether a Service, as far as is known, selects the pods of an object. */
export function isServedBy(facts: ObjectFacts, by: ObjectFacts): boolean {
  const { service } = by;
  return (
    service !== undefined &&
    facts.pods !== undefined &&
    Object.keys(service.selector).length > 0 &&
    sameNamespace(by.namespace, facts.namespace) &&
    selects(service.selector, facts.pods.labels)
  );
}

/** The ports that a Service sends to and the pods do not declare. */
export function missingPorts(pods: PodFacts, by: ObjectFacts): readonly MissingPort[] {
  return (by.service?.ports ?? [])
    .filter((port) => port.port > 0 && !isDeclared(pods, port))
    .map(({ port, targetPort, protocol }) => ({
      service: by.name,
      name: typeof targetPort === 'string' ? targetPort : '',
      number: typeof targetPort === 'string' ? port : targetPort,
      protocol,
    }));
}

function isDeclared(pods: PodFacts, { targetPort, protocol }: ServicePortFact): boolean {
  return pods.ports.some(
    (port) => port.protocol === protocol && (port.number === targetPort || port.name === targetPort),
  );
}

/** The containers of an object's pods, by name. */
export function containersOf(object: ManifestObject): readonly { name: string; container: MapNode }[] {
  return mapsAt(podTemplateOf(object), 'spec.containers[]').flatMap((container) => {
    const name = nameIn(container.get('name'));
    return name === undefined ? [] : [{ name, container }];
  });
}

/**
 * Declares a port in a container, in the style of the list that is there.
 *
 * @param text of the object's document, to which the spans belong
 */
export function declarePort(container: MapNode, port: MissingPort, text: string): Edit | undefined {
  const list = container.get('ports');
  const fields = [
    ...(port.name === '' ? [] : [`name: ${port.name}`]),
    `containerPort: ${port.number}`,
    ...(port.protocol === 'TCP' ? [] : [`protocol: ${port.protocol}`]),
  ];
  const inline = `{ ${fields.join(', ')} }`;
  if (list?.type !== 'list') {
    if (list !== undefined) return undefined;
    const field = container.flow ? `ports: [${inline}]` : `ports:\n  - ${fields.join('\n    ')}`;
    return insert(container, field, text, container.has('image') ? 'image' : 'name');
  }
  const last = list.items.at(-1);
  if (last === undefined) return { start: list.start, end: list.end, newText: `[${inline}]` };
  if (list.flow) return { start: last.end, end: last.end, newText: `, ${inline}` };
  const indent = ' '.repeat(columnOf(text, list.start));
  const lineEnd = /\r?\n|$/.exec(text.slice(last.end))?.index ?? 0;
  const end = last.end + lineEnd;
  return { start: end, end, newText: `\n${indent}- ${fields.join(`\n${indent}  `)}` };
}
