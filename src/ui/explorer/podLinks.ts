import * as vscode from 'vscode';
import type { Pod } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode } from './node.ts';
import { pageNode } from './pageNode.ts';
import { paged } from './pages.ts';
import { podIcon, podStateText } from './podState.ts';

/** Pods in short, as another object's row refers to them. */
export function podLinks(
  parentId: string,
  pods: readonly Pod[],
  ownNamespace: string,
): readonly ExplorerNode[] {
  return paged(
    parentId,
    pods,
    ({ name }) => name,
    (pod) => podLink(parentId, pod, ownNamespace),
    pageNode,
  );
}

function podLink(parentId: string, pod: Pod, ownNamespace: string): ExplorerNode {
  return factNode({
    id: `${parentId}/to-pod:${pod.namespace}/${pod.name}`,
    label: pod.name,
    kind: vscode.l10n.t('pod'),
    parts: [pod.namespace === ownNamespace ? '' : pod.namespace, pod.ips[0], podStateText(pod)],
    icon: podIcon(pod),
    subject: { is: 'pod', namespace: pod.namespace, name: pod.name },
    viewItem: viewItems.pod,
  });
}
