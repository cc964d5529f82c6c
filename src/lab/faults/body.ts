/** A fault's hand on the bytes of an answer. */
import type { ServerResponse } from 'node:http';

/** Sends bytes to the client, as the response itself would. */
export interface Wire {
  send(bytes: Buffer): void;
  /** Ends the answer as if it were whole. */
  end(): void;
  /** Cuts the connection in the middle. */
  cut(): void;
}

/** What becomes of an answer's bytes. A watch writes each event in one piece. */
export interface Filter {
  write(bytes: Buffer): void;
  end(): void;
}

/** From here on all that is written to the response goes through the filter. */
export function filterBody(response: ServerResponse, make: (wire: Wire) => Filter): void {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const isOpen = (): boolean => !response.writableEnded && !response.destroyed;
  let hasEnded = false;
  const filter = make({
    send: (bytes) => {
      if (isOpen() && bytes.length > 0) write(bytes);
    },
    end: () => {
      if (isOpen()) end();
    },
    cut: () => {
      // What was written before is to arrive: a reset would throw it away.
      if (isOpen()) response.socket?.destroySoon();
    },
  });
  const push = (chunk: unknown): void => {
    if (typeof chunk === 'string') filter.write(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) filter.write(Buffer.from(chunk));
  };
  response.write = ((chunk: unknown) => {
    if (!hasEnded) push(chunk);
    return true;
  }) as ServerResponse['write'];
  response.end = ((chunk: unknown) => {
    if (hasEnded) return response;
    hasEnded = true;
    push(chunk);
    filter.end();
    return response;
  }) as ServerResponse['end'];
}

/** Whether bytes of an answer's beginning, or of an event, are protobuf: JSON begins with a brace. */
export function isProtobuf(bytes: Buffer): boolean {
  return bytes[0] !== 0x7b;
}

/** Whether one piece of a watch is a bookmark, in either encoding. */
export function isBookmark(event: Buffer): boolean {
  return event.subarray(0, 40).includes('BOOKMARK');
}
