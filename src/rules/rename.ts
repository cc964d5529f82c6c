import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { ObjectFacts } from '../manifest/facts.ts';
import { familyOf } from '../manifest/links/link.ts';
import type { Mention } from '../manifest/links/mention.ts';
import { mentionsOf } from '../manifest/links/mentionsOf.ts';
import type { ManifestObject } from '../manifest/object.ts';
import { labelsMatch } from '../model/labelSelector.ts';
import { scalarText } from './edits.ts';
import type { TextEdit } from './finding.ts';
import { sameNamespace } from './knownObjects.ts';
import { nameOf, newNameProblem, whatIsNamed } from './newName.ts';

/** One place that a rename changes. */
export interface RenameEdit extends TextEdit {
  readonly file: string;
}

export interface RenamePlan {
  /** In all files, each place once. */
  readonly edits: readonly RenameEdit[];
  /** What to know before or after it is done; sentences. */
  readonly warnings: readonly string[];
}

/** What a rename looks at. */
export interface RenameWorld {
  /** The mentions of all files that may use the name, those of the file at hand included. */
  readonly mentions: readonly Mention[];
  /** The text of each file. */
  readonly textOf: (file: string) => string;
  /** All objects that are known, for names that are taken. */
  readonly objects: readonly ObjectFacts[];
}

/** Whether a mention is something that can be renamed. @throws ExplainedError that says why not. */
export function assertRenamable(mention: Mention): void {
  if (typeof nameOf(mention) === 'number') {
    throw new ExplainedError('rename-number', t('This port is given by its number, not by a name'), {
      remedy: t('Give the port a name and refer to that, or change the number in each place.'),
    });
  }
  if (mention.what.is === 'label' && mention.what.key === 'kubernetes.io/metadata.name') {
    const isName = mention.role === 'gives';
    if (isName || mention.what.part === 'value') return;
    throw new ExplainedError('rename-fixed-label', t('The server itself gives every namespace this label'), {
      remedy: t('Its value follows the name of the namespace.'),
    });
  }
}

/**
 * Plans a rename: every place that means the same, with the style of each kept (quotes, anchors).
 *
 * @throws ExplainedError where the server would refuse the name, or it is taken.
 */
export function planRename(start: Mention, newName: string, world: RenameWorld): RenamePlan {
  assertRenamable(start);
  const family = familyOf(start, world.mentions);
  for (const mention of family) {
    const problem = newNameProblem(mention, newName);
    if (problem !== undefined) {
      throw new ExplainedError(
        'bad-new-name',
        t('This cannot be the name of {0}: {1}', whatIsNamed(mention), problem),
      );
    }
    const taken = whoHas(mention, newName, world);
    if (taken !== undefined) {
      throw new ExplainedError('name-taken', taken, {
        remedy: t('Choose another name.'),
      });
    }
  }
  return { edits: editsOf(family, newName, world), warnings: warningsOf(family, newName, world) };
}

/** Who has the new name already, where that would clash. */
function whoHas(mention: Mention, name: string, { objects }: RenameWorld): string | undefined {
  const { what, object } = mention;
  if (mention.role !== 'gives') return undefined;
  if (what.is === 'object') {
    const other = objects.find(
      (facts) =>
        facts.kind === what.kind && facts.name === name && sameNamespace(facts.namespace, object.namespace),
    );
    if (other === undefined) return undefined;
    return other.place
      ? t('"{0}" is taken: there is a {1} of that name in {2}', name, other.kind, fileName(other.place.file))
      : t('"{0}" is taken: there is a {1} of that name', name, other.kind);
  }
  const siblings = mentionsOf(object).filter((each) => each.role === 'gives');
  const clash = siblings.some(({ what: other }) => {
    if (other.is === 'volume') return what.is === 'volume' && other.name === name;
    if (other.is === 'port')
      return (
        what.is === 'port' && other.port === name && 'container' in what && other.container === what.container
      );
    if (other.is === 'servicePort') return what.is === 'servicePort' && other.port === name;
    if (other.is === 'label' && what.is === 'label')
      return what.part === 'key' && other.part === 'key' && other.key === name && other.of === what.of;
    return false;
  });
  return clash ? t('"{0}" is taken: {1} has it already', name, titleOf(object)) : undefined;
}

function editsOf(family: readonly Mention[], newName: string, world: RenameWorld): readonly RenameEdit[] {
  const edits = new Map<string, RenameEdit>();
  const starts = new Set(
    family.map(({ object, node }) => `${object.file} ${object.documentStart + node.start}`),
  );
  for (const { object, node } of family) {
    const start = object.documentStart + node.start;
    const text = world.textOf(object.file);
    const written = text.slice(start, object.documentStart + node.end);
    if (written.startsWith('*')) {
      // An alias follows its anchor where that is renamed.
      const anchor = anchorOf(text, written.slice(1).trim(), start);
      if (anchor !== undefined && starts.has(`${object.file} ${anchor}`)) continue;
    }
    const edit = {
      file: object.file,
      range: object.rangeOf(node),
      newText: styled(newName, node.style, written),
    };
    edits.set(`${object.file} ${start}`, edit);
  }
  return [...edits.values()];
}

/** Where the value of an anchor starts that stands before an offset. */
function anchorOf(text: string, name: string, before: number): number | undefined {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  let found: number | undefined;
  for (const match of text.slice(0, before).matchAll(new RegExp(`&${escaped}\\s+`, 'g')))
    found = match.index + match[0].length;
  return found;
}

function styled(name: string, style: string, written: string): string {
  if (style === 'double') return JSON.stringify(name);
  if (style === 'single') return `'${name}'`;
  if (style === 'block') return `${scalarText(name)}${written.endsWith('\n') ? '\n' : ''}`;
  return scalarText(name);
}

function warningsOf(family: readonly Mention[], newName: string, world: RenameWorld): readonly string[] {
  const warnings = new Set<string>();
  for (const { object, fixed, role, what } of family) {
    if (fixed !== undefined) {
      warnings.add(
        t(
          '{0} of {1} cannot change in a live cluster: if it is there already, apply will be refused until it is deleted.',
          fixed,
          titleOf(object),
        ),
      );
    }
    if (role === 'gives' && what.is === 'object') {
      warnings.add(
        t(
          'A cluster does not rename: applying makes a new {0} "{1}" and leaves "{2}" as it is.',
          what.kind,
          newName,
          what.name,
        ),
      );
    }
  }
  for (const sentence of newlySelected(family, newName, world.objects)) warnings.add(sentence);
  return [...warnings];
}

/** Objects that the renamed selectors select from now on, though nobody asked for them. */
function newlySelected(
  family: readonly Mention[],
  newName: string,
  objects: readonly ObjectFacts[],
): readonly string[] {
  return family.flatMap(({ what, object }) => {
    if (what.is !== 'label' || what.part !== 'value' || !('selection' in what) || what.of !== 'pods')
      return [];
    const { selector, pods } = what.selection;
    if (pods === 'own' || selector.matchLabels[what.key] !== what.value) return [];
    const renamed = { ...selector, matchLabels: { ...selector.matchLabels, [what.key]: newName } };
    return objects
      .filter(
        (facts) =>
          facts.pods !== undefined &&
          (pods === 'anywhere' || sameNamespace(facts.namespace, object.namespace)) &&
          labelsMatch(renamed, facts.pods.labels),
      )
      .map((facts) =>
        t('{0} then also selects the pods of {1} {2}.', titleOf(object), facts.kind, facts.name),
      );
  });
}

function titleOf({ kind, name }: ManifestObject): string {
  return `${kind} ${name}`;
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
