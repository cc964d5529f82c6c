import type { MatrixAsked, MatrixRun } from '../../probe/matrix/run.ts';
import { either, listOf, optional, reader, shape, text } from '../panels/protocol/shape.ts';

/** What outlives a reload of the window; the run itself is in a file (runFiles.ts). */
export interface KeptMatrix {
  readonly id: string;
  readonly title: string;
  readonly context: string;
  readonly asked?: MatrixAsked | undefined;
}

/** Reads what an earlier window kept; undefined where it is of another version. */
export const readKeptMatrix: (value: unknown) => KeptMatrix | undefined = reader(
  shape({
    id: text,
    title: text,
    context: text,
    asked: optional(
      either(
        shape({ namespaces: listOf(text) }),
        shape({ from: listOf(text), to: listOf(text) }),
        shape({ file: text }),
      ),
    ),
  }),
);

export function keptOf({ id, title, context, asked }: MatrixRun): KeptMatrix {
  return { id, title, context, ...(asked && { asked }) };
}
