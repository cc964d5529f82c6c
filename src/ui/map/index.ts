import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands, panelTypes } from '../host/ids.ts';
import type { Judge } from '../host/judge.ts';
import { openCluster } from '../host/openCluster.ts';
import type { Panel, PanelKind, PanelModel } from '../panels/panel.ts';
import { Panels } from '../panels/panels.ts';
import { readMapMessage, readMapView, type MapContent, type MapMessage } from '../panels/protocol/map.ts';
import { mapTarget } from './argument.ts';
import { emptyContent } from './content.ts';
import type { MapPanel, MapParts } from './mapPanel.ts';
import { pageStrings } from './pageStrings.ts';
import { wholeMap } from './wholeMap.ts';

const kind: PanelKind<MapMessage> = {
  viewType: panelTypes.map,
  icon: 'type-hierarchy-sub',
  page: 'map',
  strings: pageStrings,
  readMessage: readMapMessage,
};

/** Registers "Show Map" and its panel, of which there is one. What draws it is loaded when first asked. */
export function registerMap(
  parts: Omit<MapParts, 'judge'> & {
    readonly commands: CommandRegistry;
    readonly extensionUri: vscode.Uri;
    readonly judge: () => Promise<Judge>;
  },
): Disposable {
  const { commands: registry, session, log, extensionUri } = parts;
  const store = new DisposableStore();
  let map: MapPanel | undefined;
  const adopt = async (panel: Panel<MapContent, MapMessage>): Promise<MapPanel> => {
    const [{ MapPanel: Made }, judge] = await Promise.all([import('./mapPanel.ts'), parts.judge()]);
    const made = new Made(panel, panel.model.content.view, { ...parts, judge });
    map = made;
    panel.onDidDispose(() => {
      if (map === made) map = undefined;
    });
    return made;
  };
  const panels: Panels<MapContent, MapMessage> = store.add(
    new Panels(
      kind,
      { extensionUri, log },
      (state) => modelOf(typeof state === 'object' && state !== null && 'view' in state ? state.view : state),
      (panel) => {
        adopt(panel).catch((error: unknown) =>
          log.error(`A map could not be given back: ${messageOf(error)}`),
        );
      },
    ),
  );
  registry.register(commands.showMap, async (argument) => {
    const cluster = await openCluster(session);
    const watch = cluster.connection.watch();
    try {
      const { view, focus } = mapTarget(argument, map?.view);
      map ??= await adopt(panels.create(modelOf(view)));
      map.look(view, focus);
      return map.content;
    } finally {
      watch.dispose();
    }
  });
  return store;
}

/** An empty map of what a person chose, in this window or an earlier one. */
function modelOf(kept: unknown): PanelModel<MapContent> {
  const view = readMapView(kept) ?? wholeMap;
  const content = emptyContent(view, '', vscode.l10n.t('Reading the cluster'));
  return { title: vscode.l10n.t('Map'), content, state: { view } };
}
