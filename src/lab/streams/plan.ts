import type { WebSocket } from 'ws';

/** What to do with a stream once its upgrade is done. */
export type StreamPlan = (socket: WebSocket) => void;
