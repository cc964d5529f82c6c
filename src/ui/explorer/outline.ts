import type { ObjectName } from '../../model/requests.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { tierPolicyKinds } from '../../model/tierPolicy.ts';
import { claimNode } from './claimNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { nodeNode } from './nodeNode.ts';
import { placeOf } from './place.ts';
import { podNode } from './podNode.ts';
import { policyNode } from './policyNode.ts';
import { serviceNode } from './serviceNode.ts';
import { persistentVolumeNode, storageClassNode } from './storageNodes.ts';
import { tierPolicyNode } from './tierPolicyNode.ts';
import { viewItems } from '../host/ids.ts';

/** A row of the tree as text. */
interface Line {
  readonly depth: number;
  readonly label: string;
  readonly description: string;
}

/** How deep a description goes below its object. */
const deepest = 3;
/** Rows that would make a description long, and are a document of their own. */
const leftOut: ReadonlySet<string> = new Set([viewItems.reachIn, viewItems.reachOut]);

/** What the tree shows of an object, as lines; none for kinds that it does not show. */
export function outlineOf(snapshot: Snapshot, object: ObjectName): readonly Line[] {
  const scene: Scene = { snapshot, scope: { is: 'all' }, isBehind: false, filter: '', together: false };
  const node = nodeOf(scene, object);
  return node === undefined ? [] : lines(node, 0);
}

function lines({ row, children }: ExplorerNode, depth: number): readonly Line[] {
  if (leftOut.has(row.viewItem)) return [];
  const below = depth < deepest ? (children?.() ?? []) : [];
  return [
    { depth, label: row.label, description: row.description },
    ...below.flatMap((child) => lines(child, depth + 1)),
  ];
}

function nodeOf(scene: Scene, { kind, namespace, name }: ObjectName): ExplorerNode | undefined {
  const { snapshot } = scene;
  const place = placeOf(namespace);
  switch (kind) {
    case 'Pod': {
      const pod = snapshot.get('Pod', namespace, name);
      return pod && podNode(scene, '', pod, place);
    }
    case 'Service': {
      const service = snapshot.get('Service', namespace, name);
      return service && serviceNode(scene, '', service, place);
    }
    case 'Node': {
      const node = snapshot.get('Node', '', name);
      return node && nodeNode(scene, '', node);
    }
    case 'NetworkPolicy': {
      const policy = snapshot.get('NetworkPolicy', namespace, name);
      return policy && policyNode(scene, '', policy, place);
    }
    case 'PersistentVolumeClaim': {
      const claim = snapshot.get('PersistentVolumeClaim', namespace, name);
      return claim && claimNode(scene, '', claim);
    }
    case 'PersistentVolume': {
      const volume = snapshot.get('PersistentVolume', '', name);
      return volume && persistentVolumeNode(scene, '', volume);
    }
    case 'StorageClass': {
      const found = snapshot.get('StorageClass', '', name);
      return found && storageClassNode(found, '');
    }
    default: {
      const tier = tierPolicyKinds.find((candidate) => candidate === kind);
      const policy = tier && snapshot.get(tier, '', name);
      return policy && tierPolicyNode('', policy);
    }
  }
}
