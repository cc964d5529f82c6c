import type { Kind } from '../../model/objects.ts';
import { protobufType } from '../protobuf/envelope.ts';
import type { Shape } from '../protobuf/shape.ts';
import { shapes } from '../protobuf/shapes.ts';
import { SharedStrings } from '../protobuf/sharedStrings.ts';
import { SharedObjects } from './sharedObjects.ts';

const json = 'application/json';

/** How one cluster's objects are asked for and read: protobuf where there is a form for the kind, else JSON. */
export class Encoding {
  /** What repeats in the objects is kept once for all kinds. */
  readonly strings = new SharedStrings();
  readonly parts = new SharedObjects();
  readonly #jsonOnly: Set<Kind>;

  /** @param jsonOnly kinds that are asked for as JSON though there is a protobuf form */
  constructor(jsonOnly: Iterable<Kind> = []) {
    this.#jsonOnly = new Set(jsonOnly);
  }

  /** The Accept header; servers without protobuf take the second type (client-go asks the same way). */
  accept(kind: Kind): string {
    return this.shapeOf(kind) === undefined ? json : `${protobufType},${json}`;
  }

  /** What is read of the kind in protobuf; undefined: it is asked for as JSON. */
  shapeOf(kind: Kind): Shape | undefined {
    return this.#jsonOnly.has(kind) ? undefined : shapes[kind];
  }

  /**
   * Notes that the server refused (406) to answer for this kind in what was asked for.
   * @returns whether asking again makes sense
   */
  refused(kind: Kind): boolean {
    if (this.shapeOf(kind) === undefined) return false;
    this.#jsonOnly.add(kind);
    return true;
  }
}
