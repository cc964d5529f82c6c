/** Faults in what a watch tells: events twice, in another order, or held back behind bookmarks. */
import type { ApiObject } from '../objects/meta.ts';
import { watchFrame } from '../protobuf/messages.ts';
import { renderOptions } from '../http/answering.ts';
import { objectEnvelope } from '../http/encode.ts';
import { bookmarkObject } from '../http/render.ts';
import { filterBody, isBookmark } from './body.ts';
import type { ApiFault, Exchange } from './apiFault.ts';

/** Events that may be said again. */
const remembered = 8;
/** An event waits so long for the next one to overtake it. */
const overtakingMs = 200;
const bookmarkMs = 500;

/** A bookmark of the version that the watch began with; undefined where it named none. */
function firstBookmark({ context, route }: Exchange): Buffer | undefined {
  const revision = Number(context.query.get('resourceVersion'));
  if (route === undefined || !(revision > 0)) return undefined;
  const { resource } = route;
  const object = bookmarkObject(resource, revision, false);
  const { encoding, form } = renderOptions(context, resource);
  if (form !== 'object') return undefined;
  if (encoding === 'json') return Buffer.from(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`);
  return watchFrame('BOOKMARK', objectEnvelope(resource, object as unknown as ApiObject, form));
}

export const eventFaults: readonly ApiFault[] = [
  {
    name: 'repeated-events',
    about: 'watches say each event twice, and old ones again',
    hits: ['watch'],
    inMix: true,
    meet: ({ context: { response }, random }) => {
      filterBody(response, (wire) => {
        const said: Buffer[] = [];
        return {
          write: (bytes) => {
            wire.send(bytes);
            if (isBookmark(bytes)) return;
            wire.send(bytes);
            said.push(bytes);
            if (said.length > remembered) said.shift();
            const old = said[Math.floor(random() * said.length)];
            if (old) wire.send(old);
          },
          end: () => {
            wire.end();
          },
        };
      });
      return 'disturbed';
    },
  },
  {
    name: 'reordered-events',
    about: 'events of a watch overtake each other',
    hits: ['watch'],
    inMix: true,
    meet: ({ context: { response } }) => {
      filterBody(response, (wire) => {
        let waiting: Buffer | undefined;
        let timer: NodeJS.Timeout | undefined;
        const release = (before: Buffer = Buffer.alloc(0)): void => {
          clearTimeout(timer);
          // In one piece: a connection cut between the two would lose what no client can know of.
          wire.send(Buffer.concat([before, waiting ?? Buffer.alloc(0)]));
          waiting = undefined;
        };
        response.once('close', () => {
          clearTimeout(timer);
        });
        return {
          write: (bytes) => {
            if (waiting !== undefined) release(bytes);
            else {
              waiting = bytes;
              timer = setTimeout(release, overtakingMs);
            }
          },
          end: () => {
            release();
            wire.end();
          },
        };
      });
      return 'disturbed';
    },
  },
  {
    name: 'bookmarks-only',
    about: 'watches send bookmarks of the version they began with, and keep every change back until they end',
    hits: ['watch'],
    inMix: true,
    meet: (exchange) => {
      const { response } = exchange.context;
      const bookmark = firstBookmark(exchange);
      if (bookmark === undefined) return 'disturbed';
      filterBody(response, (wire) => {
        const timer = setInterval(() => {
          wire.send(bookmark);
        }, bookmarkMs);
        response.once('close', () => {
          clearInterval(timer);
        });
        return {
          // A later bookmark would say that all before it was told.
          write: () => undefined,
          end: () => {
            clearInterval(timer);
            wire.end();
          },
        };
      });
      return 'disturbed';
    },
  },
];
