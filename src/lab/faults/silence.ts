/** Faults of time: answers that come slowly, stop, or never begin. */
import { filterBody } from './body.ts';
import { everyReading, pages } from './apiFault.ts';
import type { ApiFault } from './apiFault.ts';

/** A page comes in so many pieces, one each `pieceMs`. */
const pieces = 20;
const pieceMs = 100;

export const silences: readonly ApiFault[] = [
  {
    name: 'stalled-watch',
    about: 'watches are accepted and then say nothing: no event, no end, and the socket stays open',
    hits: ['watch'],
    inMix: true,
    meet: ({ context: { response }, random }) => {
      let healthy = Math.floor(random() * 3);
      filterBody(response, (wire) => ({
        write: (bytes) => {
          if (healthy-- > 0) wire.send(bytes);
        },
        end: () => undefined,
      }));
      return 'disturbed';
    },
  },
  {
    name: 'slow-pages',
    about: 'pages of lists trickle: each takes two seconds',
    hits: pages,
    inMix: true,
    meet: ({ context: { response } }) => {
      filterBody(response, (wire) => {
        const page: Buffer[] = [];
        return {
          write: (bytes) => {
            page.push(bytes);
          },
          end: () => {
            const whole = Buffer.concat(page);
            const size = Math.max(1, Math.ceil(whole.length / pieces));
            let at = 0;
            const timer = setInterval(() => {
              wire.send(whole.subarray(at, at + size));
              at += size;
              if (at >= whole.length) wire.end();
            }, pieceMs);
            response.once('close', () => {
              clearInterval(timer);
            });
          },
        };
      });
      return 'disturbed';
    },
  },
  {
    name: 'no-answer',
    about: 'requests are taken and never answered',
    hits: everyReading,
    inMix: false,
    meet: () => 'answered',
  },
];
