/**
 * An error meant to be read by a person: what went wrong, where, and the way out.
 * Its `message` holds the first two; `remedy` is a sentence of its own.
 */
export class ExplainedError extends Error {
  /** A stable kebab-case id, for tests and for choosing a view. */
  readonly code: string;
  readonly remedy: string | undefined;

  constructor(code: string, message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'ExplainedError';
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** The text of anything thrown, without a stack. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join('; ');
  }
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return String(error);
}

/** Whether the error only says that the user, or the end of a scope, cancelled the work. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}
