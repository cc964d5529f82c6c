/**
 * The lab does not encrypt: a TLS connection begins with one record from each side, in the form of the real
 * handshake's, and goes on in clear. Plain servers answer the first record as they answer any garbage, so
 * mixing up HTTP and HTTPS fails as it really does.
 */
const mark = 'practice lab';

function record(kind: number): Buffer {
  const body = Buffer.concat([Buffer.from([kind, 0, 0, mark.length]), Buffer.from(mark)]);
  return Buffer.concat([Buffer.from([0x16, 0x03, 0x01, 0, body.length]), body]);
}

export const clientHello: Buffer = record(1);
export const serverHello: Buffer = record(2);

export function isClientHello(bytes: Uint8Array): boolean {
  return bytes[0] === 0x16 && bytes[5] === 1;
}

export function isServerHello(bytes: Uint8Array): boolean {
  return bytes[0] === 0x16 && bytes[5] === 2;
}
