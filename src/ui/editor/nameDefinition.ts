import type * as vscode from 'vscode';
import { toRange } from './convert.ts';
import { choicesFor, selectedBy } from './names/choices.ts';
import { cursorAt, type Cursor } from './names/cursor.ts';
import type { Place } from './names/place.ts';
import { useAt } from './names/use.ts';
import type { World, Worlds } from './world.ts';

/** Goes from a name that is used to where it is given: selector → pods, mount → volume, backend → Service. */
export class NameDefinition implements vscode.DefinitionProvider {
  readonly #worlds: Worlds;

  constructor(worlds: Worlds) {
    this.#worlds = worlds;
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.LocationLink[]> {
    const world = this.#worlds.around(document);
    const cursor = cursorAt(world.file, document.offsetAt(position));
    if (cursor === undefined) return [];
    const links: vscode.LocationLink[] = [];
    for (const place of givenAt(cursor, world)) {
      if (token.isCancellationRequested) return [];
      const location = await this.#worlds.locationOf(place, cursor.object);
      if (location === undefined) continue;
      links.push({
        originSelectionRange: toRange(world.file.lines.range(cursor.span)),
        targetUri: location.uri,
        targetRange: location.range,
      });
    }
    return links;
  }
}

function givenAt(cursor: Cursor, { objects }: World): readonly Place[] {
  const use = useAt(cursor);
  if (use === undefined) return [];
  if (use.is === 'label' && use.key === '') {
    return selectedBy(use.selector, cursor.object, use.pods, objects).map((giver) => ({ giver, steps: [] }));
  }
  const value = use.is === 'label' ? use.selector.get(use.key) : valueAt(cursor);
  return choicesFor(use, cursor.object, objects)
    .filter((choice) => choice.value === value)
    .map(({ place }) => place);
}

function valueAt({ object, path }: Cursor): unknown {
  const node = object.at(path);
  return node?.type === 'scalar' ? node.value : undefined;
}
