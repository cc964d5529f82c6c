import { isCancellation, messageOf } from '../../../base/errors.ts';
import { corrections } from '../../../manifest/schema/corrections.ts';
import { describedSchema } from '../../../manifest/schema/fromOpenApi.ts';
import { Schema } from '../../../manifest/schema/schema.ts';
import type { ApiDocuments } from '../../../model/requests.ts';

/** What one group version's document said. */
interface Part {
  readonly text: string;
  readonly descriptions: ReadonlyMap<string, string>;
}

/** The API of a cluster, as it says itself. */
export interface ClusterSchema {
  readonly schema: Schema;
  /** What the cluster says of a field, by a type's name and the field's. */
  describe(type: string, field: string): string | undefined;
  /** The group versions that could not be had, each with the reason. */
  readonly missing: readonly string[];
}

const atOnce = 3;

/**
 * Reads a cluster's own descriptions of its API and compiles them. Documents that were read before are not read
 * again while their place is the same, for the place changes with the content.
 */
export class SchemaLoader {
  #parts = new Map<string, Part>();

  /** @throws ExplainedError where the list of documents cannot be had; CancelledError. */
  async load(documents: ApiDocuments, signal: AbortSignal): Promise<ClusterSchema> {
    const places = await documents.list(signal);
    const versions = [...places].filter(([name]) => /\/v\d\w*$/.test(name));
    const parts = new Map<string, Part>();
    const missing: string[] = [];
    const queue = [...versions];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [name, place] = next;
        try {
          parts.set(place, this.#parts.get(place) ?? (await readPart(documents, place, signal)));
        } catch (error) {
          if (isCancellation(error) || signal.aborted) throw error;
          // The server of an aggregated API may be away; the others are of use all the same.
          missing.push(`${name}: ${messageOf(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    this.#parts = parts;
    const all = versions.flatMap(([, place]) => parts.get(place) ?? []);
    return {
      schema: new Schema(all.map(({ text }) => text).join('\n')),
      describe: (type, field) =>
        all
          .map(({ descriptions }) => descriptions.get(`${type}.${field}`))
          .find((text) => text !== undefined),
      missing,
    };
  }
}

async function readPart(documents: ApiDocuments, place: string, signal: AbortSignal): Promise<Part> {
  const part = describedSchema(await documents.read(place, signal), corrections);
  // A document takes some milliseconds to compile; keystrokes come first.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return part;
}
