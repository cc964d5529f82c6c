import { t } from '../../base/l10n.ts';
import { removeItem } from '../edits.ts';
import { itemsOf, placeOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { portsRunningTogether, type ContainerPortView } from './containerPorts.ts';

/** The same port and protocol twice in a pod: its containers share one network, only one of them can listen. */
export const duplicateContainerPort: Rule = {
  code: 'duplicate-container-port',
  title: 'The same container port twice in a pod',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, text, report }) {
    if (pod === undefined) return;
    const first = new Map<string, ContainerPortView>();
    for (const port of portsRunningTogether(pod)) {
      if (port.number === undefined || port.number === 0) continue;
      const key = `${port.protocol}/${port.number}`;
      const before = first.get(key);
      if (before === undefined) {
        first.set(key, port);
        continue;
      }
      // Published on other addresses or host ports of the node, one port may be there more than once.
      if (
        port.hostPort !== 0 &&
        before.hostPort !== 0 &&
        (port.hostPort !== before.hostPort || port.hostIP !== before.hostIP)
      )
        continue;
      const same = before.container === port.container;
      const message = same
        ? t('Container {0} declares {1} port {2} twice.', port.container.title, port.protocol, port.number)
        : t(
            'Containers {0} and {1} both declare {2} port {3}. Containers of a pod share localhost: only one of them can listen on it.',
            before.container.title,
            port.container.title,
            port.protocol,
            port.number,
          );
      report(placeOf(port.node, 'containerPort'), message, {
        related: [
          {
            at: placeOf(before.node, 'containerPort'),
            message: t('In container {0}', before.container.title),
          },
        ],
        fixes: same ? removal(port, text) : [],
      });
    }
  },
};

function removal(port: ContainerPortView, text: string): readonly FixDraft[] {
  const items = itemsOf(port.container.node.get('ports'));
  const edit = removeItem(items, items.indexOf(port.node), text);
  return edit ? [{ title: t('Remove the second one'), edits: [edit] }] : [];
}
