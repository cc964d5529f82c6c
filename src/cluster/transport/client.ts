import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { Emitter, type Disposable } from '../../base/event.ts';
import { t } from '../../base/l10n.ts';
import type { ClusterContext } from '../../model/connection.ts';
import { isRecord, type Json } from '../../model/json.ts';
import { Authenticator, type Epoch } from '../credentials/authenticator.ts';
import { processEnvironment, type Environment } from '../environment.ts';
import type { ResolvedContext } from '../kubeconfig/types.ts';
import { ApiError } from './apiError.ts';
import { sendHttp } from './http.ts';
import { readBytes, readText } from './readBody.ts';
import { statusText } from './statusText.ts';
import { openWebSocket, type OpenedSocket } from './webSocket.ts';

/** One call of the API server. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the server's address, such as `/api/v1/pods`; its parts already percent-encoded. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** The Accept header; default JSON. Errors are read in JSON and protobuf. */
  readonly accept?: string;
  /** Whether a compressed answer is welcome; not for watches. */
  readonly compress?: boolean;
  /** How long the answer's head may take; default 30 s. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

/** An answer read as a whole. */
export interface ApiExchange {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly value: Json;
}

/** Answers read as a whole may not be longer than this. */
const jsonLimit = 32 << 20;

/**
 * One cluster's API server: one pool of connections and one sign-in shared by everything that talks to it.
 * Contacts nothing until asked to.
 */
export class ClusterClient implements Disposable {
  readonly context: ClusterContext;
  readonly environment: Environment;
  readonly #authenticator: Authenticator;
  readonly #forgot = new Emitter<void>();
  /** Fires after {@link forgetCredentials}: what was refused before may now succeed. */
  readonly onDidForgetCredentials = this.#forgot.event;
  readonly #gone = new Emitter<void>();
  readonly onDidDispose = this.#gone.event;

  constructor(
    context: ClusterContext,
    resolve: () => Promise<ResolvedContext>,
    environment: Environment = processEnvironment(),
  ) {
    this.context = context;
    this.environment = environment;
    this.#authenticator = new Authenticator(resolve, environment);
  }

  /**
   * Sends a request and gives the answer whatever its status; signs in again and retries once on 401.
   * @throws ExplainedError where no answer came or no credentials could be had; CancelledError.
   */
  async send(request: ApiRequest): Promise<ApiResponse> {
    const epoch = await this.#authenticator.epoch(request.signal);
    const response = await sendHttp(epoch, request);
    if (response.status !== 401) return response;
    response.body.destroy();
    return sendHttp(await this.#renewed(epoch, request.signal), request);
  }

  /**
   * Sends a request and gives a successful answer's body as a stream.
   * @throws ApiError for any other status; as {@link send}.
   */
  async open(request: ApiRequest): Promise<ApiResponse> {
    const response = await this.send(request);
    if (response.status >= 200 && response.status < 300) return response;
    const body = await readBytes(response.body, 1 << 20, this.context.server);
    throw new ApiError(
      response.status,
      statusText(body),
      response.headers,
      `${request.method ?? 'GET'} ${request.path}`,
    );
  }

  /**
   * Sends a request and gives a successful answer's JSON object.
   * @throws ApiError, ExplainedError, CancelledError
   */
  async json(request: ApiRequest): Promise<Json> {
    return (await this.exchange(request)).value;
  }

  /**
   * As {@link json}, with the answer's status and headers.
   * @throws ApiError, ExplainedError, CancelledError
   */
  async exchange(request: ApiRequest): Promise<ApiExchange> {
    const response = await this.open({ ...request, compress: true });
    const text = await readText(response.body, jsonLimit, this.context.server);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = undefined;
    }
    if (isRecord(value)) return { status: response.status, headers: response.headers, value };
    throw notKubernetes(this.context.server, request.path, text);
  }

  /**
   * Opens a WebSocket; signs in again and retries once on 401.
   * @param protocols offered, the preferred one first
   * @throws ApiError where the server refuses the upgrade; ExplainedError, CancelledError.
   */
  async openSocket(
    request: Pick<ApiRequest, 'path' | 'query' | 'timeoutMs' | 'signal'>,
    protocols: readonly string[],
  ): Promise<OpenedSocket> {
    const epoch = await this.#authenticator.epoch(request.signal);
    try {
      return await openWebSocket(epoch, request, protocols);
    } catch (error) {
      if (!(error instanceof ApiError) || error.httpStatus !== 401) throw error;
    }
    return openWebSocket(await this.#renewed(epoch, request.signal), request, protocols);
  }

  /** Makes the next request read the kubeconfig and sign in again: call it when the kubeconfig changed. */
  forgetCredentials(): void {
    this.#authenticator.forget();
    this.#forgot.fire();
  }

  dispose(): void {
    this.#gone.fire();
    this.#gone.dispose();
    this.#forgot.dispose();
    this.#authenticator.dispose();
  }

  #renewed(refused: Epoch, signal: AbortSignal): Promise<Epoch> {
    this.#authenticator.renew(refused);
    return this.#authenticator.epoch(signal);
  }
}

/** What answered is no API server: a sign-in page, say. */
export function notKubernetes(server: string, path: string, body: string): ExplainedError {
  const start = oneLine(body.trimStart(), 80);
  return new ExplainedError(
    'not-kubernetes',
    t(
      'What answers at {0} is not a Kubernetes API server: {1} gave "{2}".',
      oneLine(server, 200),
      oneLine(path, 120),
      start,
    ),
    { remedy: t('Check "server:" in the kubeconfig, and whether a proxy or sign-in page stands before it.') },
  );
}
