import { kindsByName } from '../schema/kinds.ts';
import type { Field, ObjectType, Schema, Type } from '../schema/schema.ts';
import type { WritingPlace } from './place.ts';
import { typeAt, typeText } from './typeAt.ts';
import type { Usual } from './usual.ts';

/** Something that could be written at a place. */
export interface Proposal {
  readonly label: string;
  /** In VS Code's snippet syntax, with two blanks an indentation step; lines behind the first are not indented. */
  readonly snippet: string;
  readonly is: 'field' | 'value' | 'kind';
  /** Its type, or what it is. */
  readonly detail: string;
  readonly isRequired: boolean;
  /** For a field: which, to look up what it means. */
  readonly of?: { readonly holder: ObjectType; readonly field: Field };
  /** For a kind: the apiVersion that goes with it. */
  readonly apiVersion?: string;
}

const head: readonly string[] = ['apiVersion', 'kind', 'metadata', 'spec'];
/** What people write most comes first. */
const usualKinds: readonly string[] = [
  'Deployment',
  'Service',
  'Pod',
  'ConfigMap',
  'Secret',
  'Ingress',
  'NetworkPolicy',
  'StatefulSet',
  'PersistentVolumeClaim',
  'DaemonSet',
  'Job',
  'CronJob',
  'Namespace',
];
/** Snippets nest only so deep; what is left is written when it is there. */
const deepest = 4;

/** What the schema offers at a place, the best first. Empty where it knows nothing of the place. */
export function proposalsAt(
  place: WritingPlace,
  schemas: readonly Schema[],
  usual: Usual,
): readonly Proposal[] {
  const last = place.path.at(-1);
  if (place.at === 'value' && place.path.length === 1) {
    if (last === 'kind') return kindProposals(place, schemas);
    if (last === 'apiVersion') return versionProposals(place, schemas);
  }
  const known = typeAt(schemas, place.apiVersion, place.kind, place.path);
  if (known === undefined) return place.path.length === 0 && place.at === 'key' ? headProposals(place) : [];
  const { type, schema } = known;
  const writer = new SnippetWriter(schema, usual, place.flow);
  if (place.at === 'key' && type.is === 'object') {
    const fields = [...(schema.type(type.name)?.fields.values() ?? [])];
    const holder = schema.type(type.name);
    if (holder === undefined) return [];
    return fields
      .filter(({ name }) => !place.siblings.has(name))
      .sort((a, b) => order(holder, a, usual) - order(holder, b, usual) || (a.name < b.name ? -1 : 1))
      .map((field) => ({
        label: field.name,
        snippet: place.hasColon ? escape(field.name) : writer.field(holder, field),
        is: 'field',
        detail: typeText(field.type),
        isRequired: field.required || usual.starts(holder.name, field.name),
        of: { holder, field },
      }));
  }
  if (type.is !== 'scalar') return [];
  const preset =
    known.holder && known.field ? usual.defaultOf(known.holder.name, known.field.name) : undefined;
  const values = type.scalar === 'boolean' ? ['true', 'false'] : type.values.filter((value) => value !== '');
  const all = preset === undefined || values.includes(preset) ? values : [preset, ...values];
  return [...all]
    .sort((a, b) => Number(b === preset) - Number(a === preset))
    .map((value) => ({
      label: value,
      snippet: escape(value),
      is: 'value',
      detail: value === preset ? 'default' : '',
      isRequired: value === preset,
    }));
}

/** Required fields first, then the usual ones, then the rest; what the server writes last. */
function order(holder: ObjectType, field: Field, usual: Usual): number {
  if (field.name === 'status') return 10_000;
  const top = head.indexOf(field.name);
  if (top !== -1 && holder.fields.has('kind')) return top;
  const rank = Math.min(usual.rank(holder.name, field.name), 500);
  return (field.required ? 0 : usual.starts(holder.name, field.name) ? 100 : 1_000) + rank;
}

function headProposals(place: WritingPlace): readonly Proposal[] {
  return head
    .filter((name) => !place.siblings.has(name))
    .map((name) => ({
      label: name,
      snippet: place.hasColon ? name : name === 'metadata' ? 'metadata:\n  name: $0' : `${name}: $0`,
      is: 'field',
      detail: '',
      isRequired: name !== 'spec',
    }));
}

function kindProposals(place: WritingPlace, schemas: readonly Schema[]): readonly Proposal[] {
  const pairs = pairsOf(schemas);
  const fits = pairs.filter(({ apiVersion }) => apiVersion === place.apiVersion);
  const others = pairs.filter(({ apiVersion }) => apiVersion !== place.apiVersion);
  return [...fits, ...others].map(({ kind, apiVersion }) => ({
    label: kind,
    snippet: escape(kind),
    is: 'kind',
    detail: apiVersion,
    isRequired: fits.length > 0 && apiVersion === place.apiVersion,
    apiVersion,
  }));
}

function versionProposals(place: WritingPlace, schemas: readonly Schema[]): readonly Proposal[] {
  const pairs = pairsOf(schemas);
  const own = pairs.filter(({ kind }) => kind === place.kind).map(({ apiVersion }) => apiVersion);
  const versions = new Set([...own, ...pairs.map(({ apiVersion }) => apiVersion)]);
  return [...versions].map((version) => ({
    label: version,
    snippet: escape(version),
    is: 'value',
    detail: own.includes(version) ? place.kind : '',
    isRequired: own.includes(version),
  }));
}

/** Every kind with its apiVersion; of the built-in ones those that people write, by name. */
function pairsOf(schemas: readonly Schema[]): readonly { kind: string; apiVersion: string }[] {
  const pairs = new Map<string, { kind: string; apiVersion: string }>();
  for (const schema of schemas) {
    for (const pair of schema.kinds()) pairs.set(`${pair.apiVersion}/${pair.kind}`, pair);
  }
  for (const { kind, apiVersions } of kindsByName.values()) {
    for (const apiVersion of apiVersions) pairs.set(`${apiVersion}/${kind}`, { kind, apiVersion });
  }
  const rank = ({ kind }: { kind: string }): number =>
    usualKinds.includes(kind) ? usualKinds.indexOf(kind) : usualKinds.length;
  return [...pairs.values()].sort(
    (a, b) => rank(a) - rank(b) || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0),
  );
}

/** Writes a field with what must stand in it. */
class SnippetWriter {
  readonly #schema: Schema;
  readonly #usual: Usual;
  readonly #flow: boolean;
  #stop = 0;

  constructor(schema: Schema, usual: Usual, flow: boolean) {
    this.#schema = schema;
    this.#usual = usual;
    this.#flow = flow;
  }

  field(holder: ObjectType, field: Field): string {
    this.#stop = 0;
    const key = escape(field.name);
    if (this.#flow) return `${key}: ${this.#inFlow(field.type)}`;
    return this.#entry(key, holder, field, '', 0);
  }

  #inFlow(type: Type): string {
    if (type.is === 'list') return `[$0]`;
    return type.is === 'scalar' ? '$0' : `{$0}`;
  }

  #entry(key: string, holder: ObjectType, field: Field, indent: string, depth: number): string {
    const { type } = field;
    if (type.is === 'scalar') return `${key}: ${this.#scalar(holder, field, type)}`;
    if (this.#usual.isEmpty(holder.name, field.name)) return `${key}: {}`;
    if (field.name === 'metadata') {
      // An object needs a name; the pods of a template need labels.
      const own = holder.fields.has('kind') ? 'name: ' : `labels:\n${indent}    `;
      return `${key}:\n${indent}  ${own}${this.#next()}`;
    }
    return `${key}:${this.#below(type, `${indent}  `, depth)}`;
  }

  /** What stands below a key, from the line break on. */
  #below(type: Type, indent: string, depth: number): string {
    if (type.is === 'list') {
      const { of } = type;
      if (of.is !== 'object') return `\n${indent}- ${this.#next()}`;
      return `\n${indent}- ${this.#fieldsOf(of.name, `${indent}  `, depth) || this.#next()}`;
    }
    if (type.is === 'object') return `\n${indent}${this.#fieldsOf(type.name, indent, depth) || this.#next()}`;
    return `\n${indent}${this.#next()}`;
  }

  /** The fields that a map of the type starts with; '' when there are none. */
  #fieldsOf(name: string, indent: string, depth: number): string {
    const type = this.#schema.type(name);
    if (type === undefined || depth >= deepest) return '';
    const fields = [...type.fields.values()]
      .filter((field) => field.required || this.#usual.starts(name, field.name))
      .sort((a, b) => this.#usual.rank(name, a.name) - this.#usual.rank(name, b.name) || 0);
    return fields
      .map((field) => this.#entry(escape(field.name), type, field, indent, depth + 1))
      .join(`\n${indent}`);
  }

  #scalar(holder: ObjectType, field: Field, type: Extract<Type, { is: 'scalar' }>): string {
    const preset = this.#usual.defaultOf(holder.name, field.name);
    const values =
      type.scalar === 'boolean' ? ['true', 'false'] : type.values.filter((value) => value !== '');
    if (values.length === 0) return preset === undefined ? this.#next() : this.#next(preset);
    const sorted = [...values].sort((a, b) => Number(b === preset) - Number(a === preset));
    this.#stop += 1;
    return `\${${this.#stop}|${sorted.map((value) => value.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
  }

  #next(text = ''): string {
    this.#stop += 1;
    return text === '' ? `\${${this.#stop}}` : `\${${this.#stop}:${escape(text)}}`;
  }
}

function escape(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
