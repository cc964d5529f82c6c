import type { DnsAnswer, DnsQuestion, RecordType } from './dns.ts';

/** A question as it came over the wire (RFC 1035, 4.1), and what its answer repeats. */
export interface AskedMessage {
  readonly question: DnsQuestion;
  readonly id: number;
  /** The question section as it was. */
  readonly section: Uint8Array;
}

const types: ReadonlyMap<number, RecordType> = new Map<number, RecordType>([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
]);
const codes = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const headerLength = 12;

/** Reads a message with one question; undefined where the bytes are none: name servers drop such. */
export function readQuestion(bytes: Uint8Array): AskedMessage | undefined {
  const message = Buffer.from(bytes);
  if (message.length < headerLength + 5 || message.readUInt16BE(4) !== 1) return undefined;
  const labels: string[] = [];
  let at = headerLength;
  for (let length = message[at]; length !== undefined && length > 0; length = message[at]) {
    if (length > 63 || at + length >= message.length) return undefined;
    labels.push(message.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  if (message.length < at + 5) return undefined;
  const type = types.get(message.readUInt16BE(at + 1)) ?? 'ANY';
  return {
    question: { name: labels.join('.'), type },
    id: message.readUInt16BE(0),
    section: message.subarray(headerLength, at + 5),
  };
}

/** The answer with its addresses; records of other types are left out, which a resolver may not mind. */
export function answerMessage({ id, section }: AskedMessage, { status, records }: DnsAnswer): Uint8Array {
  const answers = records.flatMap(({ type, ttl, data }) => {
    const bytes = type === 'A' ? Buffer.from(data.split('.').map(Number)) : undefined;
    if (bytes?.length !== 4) return [];
    const head = Buffer.alloc(12);
    // A pointer to the name in the question.
    head.writeUInt16BE(0xc00c, 0);
    head.writeUInt16BE(1, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt32BE(ttl, 6);
    head.writeUInt16BE(bytes.length, 10);
    return [Buffer.concat([head, bytes])];
  });
  const header = Buffer.alloc(headerLength);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(0x8180 | codes[status], 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers.length, 6);
  return Buffer.concat([header, section, ...answers]);
}
