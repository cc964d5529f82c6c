import * as vscode from 'vscode';
import type { ObjectFacts } from '../../manifest/facts.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import { mapsOf, textOf } from '../../rules/read.ts';
import { toRange } from './convert.ts';
import { choicesFor, selectedBy, type Choice } from './names/choices.ts';
import { cursorAt, type Cursor } from './names/cursor.ts';
import { servicePaths } from './names/servicePaths.ts';
import { useAt, type Use } from './names/use.ts';
import type { World, Worlds } from './world.ts';

/** Longer lists are cut, and say so. */
const longest = 12;

/** Says what a name leads to: the pods of a selector, the containers behind a Service, the container port of a target port, a volume's mounts. */
export class NameHover implements vscode.HoverProvider {
  readonly #worlds: Worlds;

  constructor(worlds: Worlds) {
    this.#worlds = worlds;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const world = this.#worlds.around(document);
    const cursor = cursorAt(world.file, document.offsetAt(position));
    if (cursor === undefined) return undefined;
    const lines = describe(cursor, world);
    if (lines.length === 0) return undefined;
    const text = new vscode.MarkdownString(lines.join('\n'));
    return new vscode.Hover(text, toRange(world.file.lines.range(cursor.span)));
  }
}

function describe(cursor: Cursor, world: World): readonly string[] {
  if (isOfService(cursor)) return describePath(cursor.object, world);
  const use = useAt(cursor);
  if (use === undefined) return [];
  return use.is === 'label' ? describeSelector(use, cursor, world) : describeName(use, cursor, world);
}

/** The places that stand for a Service as a whole: its kind, its name, one of its ports. */
function isOfService({ at, object, path }: Cursor): boolean {
  if (object.kind !== 'Service' || at !== 'value') return false;
  const place = path.map((step) => (typeof step === 'number' ? '#' : step)).join('.');
  return ['kind', 'metadata.name', 'spec.ports.#.port'].includes(place);
}

/** The way through a Service, port by port, to the container ports behind it. */
function describePath(object: ManifestObject, world: World): readonly string[] {
  return servicePaths(object, world.objects).flatMap(({ port: { port, targetPort, protocol }, ends }) => {
    const way = escape(`${port}/${protocol} → ${targetPort}`);
    if (ends.length === 0) {
      const nowhere = world.complete
        ? vscode.l10n.t('no container of the workspace’s files')
        : vscode.l10n.t('no container of the files that were read');
      return [`- ${way}: ${nowhere}`];
    }
    const reached = ends.map(({ giver, container, number }) => {
      const end =
        container === undefined
          ? vscode.l10n.t('port {0}, which no container declares', number)
          : vscode.l10n.t('port {0} of container {1}', number, escape(container));
      return `${end} — ${linkTo(giver)}`;
    });
    return [`- ${way}`, ...listed(reached).map((line) => `  ${line}`)];
  });
}

function describeSelector(
  use: Extract<Use, { is: 'label' }>,
  { object }: Cursor,
  world: World,
): readonly string[] {
  if (use.selector.size === 0) return [];
  const selected = selectedBy(use.selector, object, use.pods, world.objects);
  if (selected.length > 0) {
    const heading = selected.some(({ isLive }) => isLive !== true)
      ? vscode.l10n.t('Selects these pods of the workspace’s files:')
      : vscode.l10n.t('Selects these pods of the cluster:');
    return [heading, '', ...listed(selected.map(linkTo))];
  }
  return [
    world.complete
      ? vscode.l10n.t('Selects no pod of the workspace’s files.')
      : vscode.l10n.t('Selects no pod of the files that were read; not every file could be.'),
  ];
}

function describeName(use: Use, cursor: Cursor, { objects }: World): readonly string[] {
  if (cursor.at !== 'value') return [];
  const node = cursor.object.at(cursor.path);
  const value = node?.type === 'scalar' ? node.value : undefined;
  const choices = choicesFor(use, cursor.object, objects).filter((choice) => choice.value === value);
  if (choices.length === 0) return [];
  if (use.is === 'volume') return [choices[0]?.what ?? '', '', ...listed(mountsOf(use.pod, value))];
  return listed(choices.map((choice) => `${escape(choice.what)}${giverOf(choice)}`));
}

/** Every mount of one volume in a pod, as `container: path`. */
function mountsOf(pod: Extract<Use, { is: 'volume' }>['pod'], volume: unknown): readonly string[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    mapsOf(pod.get(list)).flatMap((container) =>
      mapsOf(container.get('volumeMounts'))
        .filter((mount) => textOf(mount.get('name')) === volume)
        .map((mount) =>
          escape(`${textOf(container.get('name')) ?? '?'}: ${textOf(mount.get('mountPath')) ?? '?'}`),
        ),
    ),
  );
}

function giverOf({ place }: Choice): string {
  return 'giver' in place ? ` — ${linkTo(place.giver)}` : '';
}

function linkTo(facts: ObjectFacts): string {
  const title = escape(`${facts.kind} ${facts.name}`);
  if (facts.place === undefined)
    return facts.isLive === true ? `${title} — ${vscode.l10n.t('in the cluster')}` : title;
  const { file, range } = facts.place;
  const uri = vscode.Uri.parse(file, true);
  const label = `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`;
  return `${title} — [${escape(label)}](<${uri.with({ fragment: `L${range.start.line + 1}` }).toString()}>)`;
}

function listed(items: readonly string[]): readonly string[] {
  const shown = items.slice(0, longest).map((item) => `- ${item}`);
  const hidden = items.length - shown.length;
  return hidden > 0 ? [...shown, `- ${vscode.l10n.t('and {0} more', hidden)}`] : shown;
}

/** Takes the meaning from characters that Markdown or HTML would give one. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|~&]/g, '\\$&').replace(/\s+/g, ' ');
}
