/** What the API does with one kind between reading a request and storing the object. */
import type { ApiObject } from '../objects/meta.ts';
import type { Store } from '../store/store.ts';
import type { FieldError } from './fieldErrors.ts';

export interface Strategy<T extends ApiObject> {
  /** Fills defaults that depend on the object alone; changes the object in place. */
  setDefaults?: (object: T) => void;
  /** What admission adds to a new object, before it is validated; changes the object in place. */
  prepareForCreate?: (object: T, store: Store) => void;
  /** Carries over what an update must not lose, before it is validated; changes `next` in place. */
  prepareForUpdate?: (next: T, current: T) => void;
  validate?: (object: T) => FieldError[];
  /** Checks of a change, besides `validate` of the result. */
  validateUpdate?: (next: T, current: T) => FieldError[];
  /** Hands out addresses and ports once the object is valid; throws a StatusError; changes `next` in place. */
  allocate?: (next: T, current: T | undefined, store: Store, dryRun: boolean) => void;
  /** Texts for the Warning header. */
  warnings?: (object: T) => string[];
}
