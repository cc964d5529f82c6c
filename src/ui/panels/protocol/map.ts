import { either, flag, listOf, number, oneOf, optional, reader, shape, text, type Of } from './shape.ts';

/*
 * What the map's page shows and says. Texts are ready to be shown, translated where they are ours; what a cluster put
 * into them is made safe by showing it as text only.
 */

/** What a thing on the map is. `Volume` is what pods share without an object of its own: a folder, an export. */
export const mapKinds = [
  'Namespace',
  'Workload',
  'Service',
  'Pod',
  'Node',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Volume',
] as const;
const kind = oneOf(...mapKinds);
export type MapKind = Of<typeof kind>;

const state = oneOf('ok', 'warning', 'failed', 'none');
export type MapState = Of<typeof state>;

const action = oneOf('show-in-tree', 'describe', 'test', 'explain');
export type MapAction = Of<typeof action>;

const node = shape({
  /** `KIND/NAMESPACE/NAME`; the same for as long as the thing exists. */
  id: text,
  kind,
  /** As it is drawn, and in full. */
  label: text,
  name: text,
  namespace: text,
  /** The word for its kind. */
  what: text,
  /** The box it is drawn in. */
  box: text,
  state,
  /** Its state in words; '' where there is nothing to say. */
  word: text,
  /** What it is drawn with below its name, such as an address. */
  detail: text,
  facts: listOf(shape({ name: text, value: text })),
  /** It stands for what a double click shows. */
  drills: flag,
  actions: listOf(action),
});

const box = shape({
  id: text,
  /** '' at the top. */
  parent: text,
  is: oneOf('namespace', 'workload', 'cluster'),
  label: text,
  what: text,
});

const edgeKind = oneOf('endpoint', 'runs-on', 'mounts', 'bound', 'check', 'allowed', 'denied');
export type MapEdgeKind = Of<typeof edgeKind>;

const edge = shape({
  id: text,
  /** A node, or a workload's box, which stands for all in it. */
  from: text,
  to: text,
  kind: edgeKind,
  state,
  /** Its state in words, such as `not ready` or `refused`; '' where it goes without saying. */
  word: text,
  /** How many edges it stands for. */
  count: number,
  /** What a person is told of it, as a sentence without its ends. */
  about: text,
});

const levelWord = oneOf('objects', 'workloads', 'namespaces');
export type MapLevel = Of<typeof levelWord>;

const view = shape({
  level: oneOf('auto', 'objects', 'workloads', 'namespaces'),
  /** Empty: all of them. */
  namespaces: listOf(text),
  /** Only what belongs to this workload: `Workload/NAMESPACE/KIND/NAME`. */
  workload: optional(text),
  hiddenKinds: listOf(kind),
  onlyProblems: flag,
  policies: flag,
});
/** What a person chose to see. */
export type MapView = Of<typeof view>;
export const readMapView = reader(view);

const content = shape({
  /** Which cluster, and that it is simulated or not current. */
  place: text,
  /** What is drawn, and at which level, in a sentence or two. */
  summary: text,
  /** What is not drawn and why, what could not be read. */
  notices: listOf(text),
  level: levelWord,
  view,
  /** Every namespace that could be shown. */
  namespaces: listOf(text),
  nodes: listOf(node),
  boxes: listOf(box),
  edges: listOf(edge),
  /** What to go to; `turn` is another each time, so that the same thing can be gone to again. */
  focus: optional(shape({ id: text, turn: number })),
});
export type MapContent = Of<typeof content>;
export type MapNode = Of<typeof node>;
export type MapBox = Of<typeof box>;
export type MapEdge = Of<typeof edge>;
export const readMapContent = reader(content);

/** Larger drawings are refused; a map of 700 things is about 1 MB. */
const largestSvg = 32 * 1024 * 1024;
const drawing = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('<svg ') && value.length <= largestSvg;

const message = either(
  shape({ is: oneOf('view'), view }),
  shape({ is: action, node: text }),
  shape({ is: oneOf('drill'), node: text }),
  shape({ is: oneOf('export'), svg: drawing }),
);
export type MapMessage = Of<typeof message>;
export const readMapMessage = reader(message);
