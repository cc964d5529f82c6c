import { isRecord } from '../../model/json.ts';

/** `auto`: ours say nothing that another extension already says; `on`: always ours; `off`: never. */
export type FieldsSetting = 'auto' | 'on' | 'off';

/** What is known of other extensions that validate YAML. */
export interface OtherTools {
  /** Red Hat's YAML extension is there, and its validation is on. */
  readonly yaml: boolean;
  /** Microsoft's Kubernetes extension is there: it hands the YAML extension a schema for every manifest. */
  readonly kubernetes: boolean;
  /** The setting `yaml.schemas`: schemas, each with the patterns of the files it is for. */
  readonly schemas: unknown;
  /** Whether a pattern of that setting matches the document. */
  readonly matches: (pattern: string) => boolean;
  /** The document's text: its first lines may name a schema. */
  readonly text: string;
}

/** Our rules about what a schema can say: fields, types, required fields, enums. */
const ofSchemas: readonly string[] = ['unknown-field', 'missing-field', 'wrong-type', 'unknown-value'];
/** What every reader of YAML says. */
const ofText: readonly string[] = ['yaml-syntax', 'duplicate-key'];

/** The rules that step back for a document, because another extension says the same, or the setting does. */
export function rulesToLeave(setting: FieldsSetting, tools: OtherTools): readonly string[] {
  if (setting === 'on') return [];
  if (setting === 'off') return ofSchemas;
  if (!tools.yaml) return [];
  return validatesFields(tools) ? [...ofText, ...ofSchemas] : ofText;
}

/** Whether the YAML extension has a Kubernetes schema for the document. */
function validatesFields({ kubernetes, schemas, matches, text }: OtherTools): boolean {
  if (kubernetes) return true;
  const line = /^#\s*yaml-language-server:\s*\$schema=(\S+)/m.exec(text.slice(0, 2_000))?.[1];
  if (line !== undefined) return isKubernetes(line);
  if (!isRecord(schemas)) return false;
  return Object.entries(schemas).some(([schema, patterns]) => {
    if (!isKubernetes(schema)) return false;
    const all: readonly unknown[] = Array.isArray(patterns) ? patterns : [patterns];
    return all.some((pattern) => typeof pattern === 'string' && matches(pattern));
  });
}

function isKubernetes(schema: string): boolean {
  return /kubernetes/i.test(schema);
}
