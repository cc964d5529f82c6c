/**
 * The lab does not encrypt: a TLS connection begins with one record from each side, in the form of the real
 * handshake's, and goes on in clear. Plain servers answer the first record as they answer any garbage, so
 * mixing up HTTP and HTTPS fails as it really does. The server's record carries its certificate.
 */
const mark = 'practice lab';

function record(kind: number, more = ''): Buffer {
  const text = Buffer.from(`${mark}${more}`);
  const head = Buffer.from([kind, 0, text.length >> 8, text.length & 255]);
  const length = head.length + text.length;
  return Buffer.concat([Buffer.from([0x16, 0x03, 0x01, length >> 8, length & 255]), head, text]);
}

export const clientHello: Buffer = record(1);

/** @param certificate PEM; '' of a server that was given none, which then shows one of its own. */
export function serverHello(certificate: string): Buffer {
  return record(2, certificate);
}

export function isClientHello(bytes: Uint8Array): boolean {
  return bytes[0] === 0x16 && bytes[5] === 1;
}

export function isServerHello(bytes: Uint8Array): boolean {
  return bytes[0] === 0x16 && bytes[5] === 2;
}

/** What a server's first record carries, and what was sent right behind it. */
export function readServerHello(bytes: Buffer): { certificate: string; rest: Buffer } {
  const end = 5 + bytes.readUInt16BE(3);
  return { certificate: bytes.subarray(9 + mark.length, end).toString(), rest: bytes.subarray(end) };
}
