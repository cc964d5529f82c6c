/** Faults of connections: reset, or gone with the server. */
import { filterBody } from './body.ts';
import { everyReading } from './apiFault.ts';
import type { ApiFault } from './apiFault.ts';

export const connectionFaults: readonly ApiFault[] = [
  {
    name: 'reset',
    about: 'connections are reset, before the answer or after its first bytes',
    hits: everyReading,
    inMix: true,
    meet: ({ context: { request, response }, random }) => {
      if (random() < 0.5) {
        request.socket.destroy();
        return 'answered';
      }
      filterBody(response, (wire) => ({
        write: (bytes) => {
          wire.send(bytes.subarray(0, Math.ceil(bytes.length / 2)));
          wire.cut();
        },
        end: () => {
          wire.cut();
        },
      }));
      return 'disturbed';
    },
  },
  {
    name: 'restart',
    about:
      'the server goes away for a moment and comes back with new resource versions; every 5 seconds at most',
    hits: everyReading,
    inMix: true,
    meet: ({ restart }) => {
      restart();
      return 'disturbed';
    },
  },
];
