import { hasMagic, readStatus } from '../protobuf/envelope.ts';

/** The body of a refusal as JSON where it is a Status, in either encoding; else as it is. */
export function statusText(body: Buffer): string {
  if (!hasMagic(body)) return body.toString('utf8');
  try {
    return JSON.stringify(readStatus(body));
  } catch {
    // A Status that cannot be read explains nothing: the caller says so by the HTTP code alone.
    return '';
  }
}
