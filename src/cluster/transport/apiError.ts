import type { IncomingHttpHeaders } from 'node:http';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import { integer, isRecord, list, record, text } from '../../model/json.ts';

/** What a Status says of one field. */
export interface StatusCause {
  /** Such as `FieldValueInvalid`, `FieldManagerConflict`, `ResourceVersionTooLarge`. */
  readonly reason: string;
  readonly message: string;
  /** Such as `spec.containers[0].name`; '' where none is named. */
  readonly field: string;
}

/** The API server answered, and the answer is no. `message` is its own, in one line. */
export class ApiError extends ExplainedError {
  readonly httpStatus: number;
  /** The Status' reason, such as `Forbidden` or `Expired`; '' where there was no Status. */
  readonly reason: string;
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly causes: readonly StatusCause[];

  constructor(httpStatus: number, body: string, headers: IncomingHttpHeaders, what: string) {
    const status = parseStatus(body);
    const message = status === undefined ? '' : oneLine(text(status.message), 600);
    super(
      codeFor(httpStatus),
      message === '' ? t('{0}: HTTP {1} and no explanation', what, httpStatus) : message,
      {
        remedy: remedyFor(httpStatus),
      },
    );
    const details = record(status?.details);
    this.httpStatus = httpStatus;
    this.reason = text(status?.reason);
    this.causes = list(details.causes).map(readCause);
    const seconds = Number(headers['retry-after'] ?? integer(details.retryAfterSeconds) ?? NaN);
    this.retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  }

  /** The resource version, or the continue token, is older than what the server keeps. */
  get isExpired(): boolean {
    return this.httpStatus === 410 || this.reason === 'Expired' || this.reason === 'Gone';
  }

  /** The server has not come as far as the version asked for; it may be another server. */
  get isVersionTooLarge(): boolean {
    return (
      this.causes.some(({ reason }) => reason === 'ResourceVersionTooLarge') ||
      /too large resource version/i.test(this.message)
    );
  }
}

/** An event of type ERROR on a watch holds a Status with its own code. */
export function apiErrorOfStatus(status: unknown, what: string): ApiError {
  return new ApiError(integer(record(status).code) ?? 500, JSON.stringify(status), {}, what);
}

function readCause(value: unknown): StatusCause {
  const { reason, message, field } = record(value);
  return { reason: text(reason), message: oneLine(text(message), 600), field: oneLine(text(field)) };
}

function parseStatus(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && value.kind === 'Status' ? value : undefined;
  } catch {
    // A proxy's page, not a Status: the caller says so by the HTTP code alone.
    return undefined;
  }
}

function codeFor(status: number): string {
  switch (status) {
    case 401:
      return 'unauthorised';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 410:
      return 'expired';
    case 429:
      return 'throttled';
    default:
      return status >= 500 ? 'server-error' : 'refused';
  }
}

function remedyFor(status: number): string | undefined {
  switch (status) {
    case 401:
      return t(
        'Sign in again, or fetch the kubeconfig again: its credentials have expired or were withdrawn.',
      );
    case 403:
      return t(
        "Ask the cluster's administrator for the right named here, or choose another namespace or context.",
      );
    case 404:
      return undefined;
    case 429:
      return t('The server is busy; it is tried again.');
    default:
      return status >= 500 ? t("Look at the API server's log if it lasts.") : undefined;
  }
}
