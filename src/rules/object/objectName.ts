import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { kindsByName, isForeignGroup } from '../../manifest/schema/kinds.ts';
import { insertFix, replaceFix } from '../edits.ts';
import { addressProblem } from '../addresses.ts';
import {
  asDnsLabel,
  asSubdomain,
  dns1035LabelProblem,
  dnsLabelProblem,
  subdomainProblem,
  type Problem,
} from '../formats.ts';
import { booleanOf, filledText, isPlaceholder, mapOf, placeOf, textOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';

const labels = new Set(['Namespace', 'StatefulSet']);
const pathSegments = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);

/** An object without a name, or with one that its kind does not take. A Service's name has a rule of its own. */
export const objectName: Rule = {
  code: 'object-name',
  title: 'The name of the object is missing or not allowed',
  severity: 'error',
  check({ object, text, report }) {
    const { root, kind } = object;
    const metadata = mapOf(root.get('metadata'));
    const name = metadata?.get('name');
    const generated = metadata?.get('generateName');
    if (isPlaceholder(name)) return;
    if (name?.type === 'scalar' && name.value !== null && typeof name.value !== 'string') return;
    if (filledText(name) === undefined && filledText(generated) === undefined) {
      const at =
        metadata === undefined
          ? (root.entry('metadata')?.key ?? root.entry('kind') ?? root)
          : placeForName(root, metadata);
      const sample = `${kind.toLowerCase() || 'object'}-1`;
      const message =
        kind === ''
          ? t('This object has no name. Add metadata.name.')
          : t('This {0} has no name. Add metadata.name.', kind);
      report(at, message, {
        fixes:
          metadata && !metadata.has('name')
            ? insertFix(t('Add name: {0}', sample), metadata, `name: ${sample}`, text)
            : [],
      });
      return;
    }
    // With a selector of its own a Job's name does not become a label.
    const manual = kind === 'Job' && booleanOf(object.at(['spec', 'manualSelector'])) === true;
    if (kind === 'Service' || isForeignGroup(object.group) || !kindsByName.has(kind.toLowerCase())) return;
    const key = filledText(name) === undefined ? 'generateName' : 'name';
    const value = filledText(metadata?.get(key)) ?? '';
    // The server adds five characters to a generated name, so a hyphen may end it.
    const problem = nameProblem(manual ? 'Other' : kind, key === 'name' ? value : value.replace(/-$/, 'a'));
    if (problem === undefined || metadata === undefined) return;
    report(placeOf(metadata, key), t('The name "{0}" {1}.', value, problem), {
      fixes: renames(kind, value, placeOf(metadata, key)),
    });
  },
};

/** What is wrong with the name of an object of this kind. */
function nameProblem(kind: string, name: string): Problem {
  if (pathSegments.has(kind)) {
    if (name === '.' || name === '..') return t('is reserved');
    return /[/%]/.test(name) ? t('may not hold "/" or "%"') : undefined;
  }
  if (kind === 'IPAddress') return addressProblem(name);
  if (labels.has(kind)) return dnsLabelProblem(name);
  if (kind === 'CronJob' && name.length > 52)
    return t('is longer than 52 characters, so that the names of its jobs would be too long');
  if (kind === 'Job' && name.length > 63)
    return t('is longer than 63 characters, and it becomes a label of its pods');
  return subdomainProblem(name);
}

function renames(kind: string, name: string, at: { start: number; end: number }): readonly FixDraft[] {
  const better = labels.has(kind) ? asDnsLabel(name) : asSubdomain(name);
  return better === undefined || pathSegments.has(kind)
    ? []
    : [replaceFix(t('Rename to {0}', better), at, better)];
}

function placeForName(root: MapNode, metadata: MapNode): { start: number; end: number } {
  return metadata.entry('name')?.key ?? root.entry('metadata')?.key ?? metadata;
}

/** What is wrong with a Service's name: servers up to 1.35 want a letter at its start. */
export function serviceNameProblem(name: string, minorVersion: number): Problem {
  if (name.includes('.')) return t('may not have dots');
  return minorVersion >= 36 ? dnsLabelProblem(name) : dns1035LabelProblem(name);
}

/** The name or generated name of an object, with its key. */
export function writtenName(
  metadata: MapNode | undefined,
): { key: 'name' | 'generateName'; value: string } | undefined {
  for (const key of ['name', 'generateName'] as const) {
    const value = textOf(metadata?.get(key));
    if (value !== undefined && value !== '') return { key, value };
  }
  return undefined;
}
