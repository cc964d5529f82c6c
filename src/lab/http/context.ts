/** What handlers of requests share. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ObjectApi } from '../api/objectApi.ts';
import type { PodRuntime } from '../runtime/types.ts';
import type { User } from './users.ts';

export interface LabServices {
  api: ObjectApi;
  runtime: PodRuntime;
  /** `127.0.0.1:PORT`. */
  address: string;
}

export interface RequestContext {
  services: LabServices;
  request: IncomingMessage;
  response: ServerResponse;
  segments: readonly string[];
  query: URLSearchParams;
  user: User;
  /** Aborts when the server stops. */
  signal: AbortSignal;
}
