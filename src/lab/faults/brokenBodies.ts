/** Faults in the bytes: answers that break off, or are neither JSON nor protobuf. */
import { filterBody, isProtobuf } from './body.ts';
import type { Filter, Wire } from './body.ts';
import type { ApiFault, Exchange } from './apiFault.ts';

const listsAndWatches = ['list', 'continue', 'watch'] as const;
/** Bytes of an envelope's magic: without it the answer would be another protocol, which is a fault of its own. */
const magicBytes = 4;
/** Legal nowhere in JSON: neither in a string nor outside (RFC 8259, 7). */
const controlByte = 0x01;
/** No tag of protobuf begins with so many of them: a number has 10 bytes at most. */
const endlessNumber = Buffer.alloc(12, 0xff);

/** Damages one piece so that nobody can take it for whole. */
function damaged(bytes: Buffer, isWatch: boolean, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  if (!isProtobuf(bytes)) {
    // Not the newline at the end: the damage is to be inside the event.
    const at = Math.floor(random() * (copy.length - 1));
    copy[at] = controlByte;
    return copy;
  }
  // A frame's length stays, or says more than any object has.
  if (isWatch && random() < 0.3) copy.writeUInt32BE(0xfffffff0, 0);
  else if (isWatch) return Buffer.concat([copy.subarray(0, 4), damagedMessage(copy.subarray(4), random)]);
  else copy.fill(0xff, magicBytes + Math.floor(random() * (copy.length - magicBytes)));
  return copy;
}

function damagedMessage(message: Buffer, random: () => number): Buffer {
  if (random() < 0.5) return Buffer.concat([endlessNumber, message.subarray(endlessNumber.length)]);
  // The object breaks off, and what it holds is longer than what is there.
  const kept = Math.floor(message.length / 2);
  return Buffer.concat([message.subarray(0, kept), Buffer.alloc(message.length - kept, 0xff)]);
}

/** Collects a page; hands a watch's events on one by one after the first few. */
function disturb(
  { context: { response }, reading, random }: Exchange,
  break_: (piece: Buffer, wire: Wire) => void,
): 'disturbed' {
  const isWatch = reading === 'watch';
  let healthy = isWatch ? Math.floor(random() * 3) : 0;
  filterBody(response, (wire): Filter => {
    const page: Buffer[] = [];
    let isBroken = false;
    return {
      write: (bytes) => {
        if (!isWatch) page.push(bytes);
        else if (isBroken) return;
        else if (healthy-- > 0) wire.send(bytes);
        else {
          isBroken = true;
          break_(bytes, wire);
        }
      },
      end: () => {
        if (page.length > 0) break_(Buffer.concat(page), wire);
        wire.end();
      },
    };
  });
  return 'disturbed';
}

export const brokenBodies: readonly ApiFault[] = [
  {
    name: 'cut-short',
    about: 'lists and watches break off in the middle, with or without the connection',
    hits: listsAndWatches,
    inMix: true,
    meet: (exchange) => {
      const endsWell = exchange.random() < 0.5;
      return disturb(exchange, (piece, wire) => {
        wire.send(piece.subarray(0, 1 + Math.floor(exchange.random() * (piece.length - 1))));
        if (endsWell) wire.end();
        else wire.cut();
      });
    },
  },
  {
    name: 'malformed',
    about: 'lists and watches hold bytes that are neither JSON nor protobuf',
    hits: listsAndWatches,
    inMix: true,
    meet: (exchange) =>
      disturb(exchange, (piece, wire) => {
        wire.send(damaged(piece, exchange.reading === 'watch', exchange.random));
        if (exchange.reading !== 'watch') wire.end();
      }),
  },
];
