/** Kinds by the names that manifests and envelopes use. */
import { schemas } from '../schema/model.ts';

const byName: ReadonlyMap<string, string> = new Map(
  [...schemas.values()].flatMap(({ name, gvk }): [string, string][] => {
    if (!gvk) return [];
    const apiVersion = gvk.group ? `${gvk.group}/${gvk.version}` : gvk.version;
    return [[`${apiVersion} ${gvk.kind}`, name]];
  }),
);

/** The name of a kind's struct in the schema, or undefined for a kind the lab does not know. */
export function schemaOfKind(apiVersion: string, kind: string): string | undefined {
  return byName.get(`${apiVersion} ${kind}`);
}
