import type { AnyObject, Kind, Labels, Pod } from './objects.ts';
import type { Snapshot } from './snapshot.ts';

/** What of an object a search found. */
export type Found = 'name' | 'ip' | 'label' | 'port' | 'image' | 'host-name';

export interface SearchHit {
  readonly object: AnyObject;
  readonly by: Found;
  /** The text that matched, such as `10.244.0.7` or `app=web`. */
  readonly match: string;
  /** Lower is better. */
  readonly rank: number;
}

const searched: readonly Kind[] = [
  'Pod',
  'Service',
  'Node',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'ClusterNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'Namespace',
];

/**
 * Finds objects by name, IP address, label (`app=web`), port (`8080`, a port's name) or image. All words of the
 * query must be found in the object.
 * @param limit the most hits; the best ones are given.
 */
export function searchObjects(snapshot: Snapshot, query: string, limit = 200): readonly SearchHit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: SearchHit[] = [];
  for (const kind of searched) {
    for (const object of snapshot.all(kind)) {
      const hit = hitOf(object, words);
      if (hit !== undefined) hits.push(hit);
    }
  }
  return hits.sort((a, b) => a.rank - b.rank || compare(a.object, b.object)).slice(0, limit);
}

/** Whether an object is found by a query; for filters. Everything is found by an empty one. */
export function isFound(object: AnyObject, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 || hitOf(object, words) !== undefined;
}

/** The object is as good a hit as its best word, if every word is in it. */
function hitOf(object: AnyObject, words: readonly string[]): SearchHit | undefined {
  let best: SearchHit | undefined;
  for (const word of words) {
    const hit = matchWord(object, word);
    if (hit === undefined) return undefined;
    if (best === undefined || hit.rank < best.rank) best = { object, ...hit };
  }
  return best;
}

type Match = Omit<SearchHit, 'object'>;

function matchWord(object: AnyObject, word: string): Match | undefined {
  let best: Match | undefined;
  const consider = (by: Found, text: string, offset: number): void => {
    const at = text.toLowerCase().indexOf(word);
    if (at === -1) return;
    const rank = offset + (text.length === word.length ? 0 : at === 0 ? 1 : 2);
    if (best === undefined || rank < best.rank) best = { by, match: text, rank };
  };
  consider('name', object.name, 0);
  if (object.namespace !== '') consider('name', `${object.namespace}/${object.name}`, 3);
  for (const ip of addressesOf(object)) consider('ip', ip, 0);
  for (const port of portsOf(object)) if (port === word || word.length > 2) consider('port', port, 6);
  for (const label of labelTexts(object.labels)) consider('label', label, 9);
  if (object.kind === 'Pod') for (const { image } of object.containers) consider('image', image, 12);
  if (object.kind === 'Service' && object.externalName !== '') consider('host-name', object.externalName, 6);
  return best;
}

function addressesOf(object: AnyObject): readonly string[] {
  // A pod on the node's network has the node's address, which is the node's first.
  if (object.kind === 'Pod') return object.hostNetwork ? [] : object.ips;
  if (object.kind === 'Service') return [...object.clusterIPs, ...object.externalIPs, ...object.loadBalancer];
  return object.kind === 'Node' ? object.addresses.map(({ address }) => address) : [];
}

function portsOf(object: AnyObject): readonly string[] {
  if (object.kind === 'Pod') return podPorts(object);
  if (object.kind !== 'Service') return [];
  return object.ports.flatMap(({ name, port, nodePort, targetPort }) =>
    [name, String(port), String(nodePort ?? ''), String(targetPort)].filter(Boolean),
  );
}

function podPorts({ containers }: Pod): readonly string[] {
  return containers.flatMap(({ ports }) =>
    ports.flatMap(({ name, port, hostPort }) => [name, String(port), String(hostPort ?? '')].filter(Boolean)),
  );
}

function labelTexts(labels: Labels): readonly string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

function compare(a: AnyObject, b: AnyObject): number {
  const [one, other] = [a, b].map(({ namespace, name }) => `${namespace}/${name}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
}
