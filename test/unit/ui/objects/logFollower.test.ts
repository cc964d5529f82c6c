import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/event.ts';
import type { SnapshotChange } from '../../../../src/model/connection.ts';
import type { Pod } from '../../../../src/model/objects.ts';
import type { LogRequest, PodLogs } from '../../../../src/model/requests.ts';
import { Snapshot } from '../../../../src/model/snapshot.ts';
import { LogFollower, type LogEvent } from '../../../../src/ui/objects/logFollower.ts';
import { aPod } from '../../model/build.ts';

const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };

function webPod(name: string, options: { app?: string; state?: object; restarts?: number } = {}): Pod {
  const { app = 'web', state = running, restarts = 0 } = options;
  const status = { name: 'main', state, restartCount: restarts };
  return aPod({ name, labels: { app }, status: { containerStatuses: [status] } });
}

/** Logs that stay open until the test ends them. */
class OpenLogs implements PodLogs {
  readonly asked: LogRequest[] = [];
  readonly #ends = new Map<string, { lines: (lines: readonly string[]) => void; end: () => void }>();

  read(request: LogRequest, onLines: (lines: readonly string[]) => void, signal: AbortSignal): Promise<void> {
    this.asked.push(request);
    return new Promise((resolve) => {
      this.#ends.set(request.pod, { lines: onLines, end: resolve });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  say(pod: string, line: string): void {
    this.#ends.get(pod)?.lines([line]);
  }

  async end(pod: string): Promise<void> {
    this.#ends.get(pod)?.end();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Follows the pods with `app=web` over a connection whose objects the test sets. */
function following(first: readonly Pod[], mostStreams = 5) {
  const changed = new Emitter<SnapshotChange>();
  const logs = new OpenLogs();
  const said: string[] = [];
  const stop = new AbortController();
  const connection = {
    snapshot: Snapshot.of(first),
    onDidChange: changed.event,
    scope: { is: 'all' } as const,
    watch: () => ({ dispose: () => undefined }),
    whenRead: () => Promise.resolve(Snapshot.of(first)),
  };
  const tell = (event: LogEvent): void => {
    if (event.is === 'lines') said.push(`${event.of.pod}: ${event.lines.join()}`);
    else if (event.is === 'held-back') said.push(`${event.followed} of ${event.all}`);
    else if (event.is === 'waiting') said.push('waiting');
    else said.push(`${event.is} ${'of' in event ? event.of.pod : event.pod}`);
  };
  let isOver = false;
  const over = LogFollower.follow(
    {
      ...{ logs, connection, namespace: 'default', tailLines: 10, timestamps: false, mostStreams, tell },
      choose: (snapshot) => ({
        pods: snapshot.all('Pod').filter(({ labels }) => labels.app === 'web'),
        isOver,
      }),
    },
    stop.signal,
  );
  return {
    ...{ logs, said, stop, over },
    finish: () => {
      isOver = true;
    },
    set: (pods: readonly Pod[]) => {
      connection.snapshot = Snapshot.of(pods);
      changed.fire({ snapshot: connection.snapshot } as SnapshotChange);
    },
    begun: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}

describe('Following logs', () => {
  it('takes up pods that come, and says who is gone and who is not selected any more', async () => {
    const { logs, said, set, stop, over, begun } = following([webPod('a')]);
    await begun();
    logs.say('a', 'one');
    set([webPod('a'), webPod('b')]);
    logs.say('b', 'two');
    set([webPod('a', { app: 'other' }), webPod('b')]);
    logs.say('a', 'not heard');
    set([webPod('a', { app: 'other' })]);
    logs.say('b', 'last words');
    assert.deepEqual(said, ['a: one', 'joined b', 'b: two', 'left a', 'gone b', 'b: last words']);
    assert.deepEqual(
      logs.asked.map(({ pod, tailLines }) => [pod, tailLines]),
      [
        ['a', 10],
        ['b', 1_000_000],
      ],
    );
    stop.abort();
    await over;
  });

  it('goes on with the next run of a container, and reads no run twice', async () => {
    const crashed = { terminated: { exitCode: 1 } };
    const { logs, said, set, stop, over, begun } = following([webPod('a')]);
    await begun();
    await logs.end('a');
    set([webPod('a', { state: crashed })]);
    set([webPod('a', { state: { waiting: { reason: 'CrashLoopBackOff' } } })]);
    assert.equal(logs.asked.length, 1);
    set([webPod('a', { restarts: 1 })]);
    assert.deepEqual([said, logs.asked.length], [['restarted a'], 2]);
    stop.abort();
    await over;
  });

  it('waits where nothing runs yet, and begins once it does', async () => {
    const pending = webPod('a', { state: { waiting: { reason: 'ImagePullBackOff' } } });
    const { logs, said, set, stop, over, begun } = following([pending]);
    await begun();
    assert.deepEqual([said, logs.asked.length], [['waiting'], 0]);
    set([webPod('a')]);
    assert.deepEqual([said, logs.asked.length], [['waiting', 'joined a'], 1]);
    stop.abort();
    await over;
  });

  it('holds back what is too much, and lets it in as others end', async () => {
    const { logs, said, stop, over, begun } = following([webPod('a'), webPod('b'), webPod('c')], 2);
    await begun();
    assert.deepEqual([said, logs.asked.length], [['2 of 3'], 2]);
    await logs.end('a');
    assert.deepEqual(
      [said, logs.asked.map(({ pod }) => pod)],
      [
        ['2 of 3', 'joined c'],
        ['a', 'b', 'c'],
      ],
    );
    stop.abort();
    await over;
  });

  it('ends with the last log once nothing can come any more', async () => {
    const { logs, set, over, finish, begun } = following([webPod('a')]);
    await begun();
    finish();
    set([]);
    await logs.end('a');
    await over;
  });
});
