import { throwIfCancelled } from '../../base/cancellation.ts';
import { ExplainedError, isCancellation } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { AnyObject, Kind } from '../../model/objects.ts';
import type { FairLimit } from '../fairLimit.ts';
import { LinkedAbort } from '../linkedAbort.ts';
import { ApiError } from '../transport/apiError.ts';
import { Backoff } from './backoff.ts';
import { Known } from './known.ts';
import { firstOf, listAll, type Listing } from './list.ts';
import { explained, pauseAfter, rest } from './recovery.ts';
import { troubleOf, type ReflectorStatus } from './reflectorStatus.ts';
import { resources } from './resources.ts';
import { servedVersion } from './served.ts';
import { isOlder, type Version } from './version.ts';
import { watchFrom, type WatchEvent } from './watch.ts';

/** With the backoff's pauses: a few seconds. */
const refusalsWhileStarting = 3;

/** What a reflector tells: objects that came, changed and went. */
export interface ObjectSink {
  put(object: AnyObject): void;
  remove(kind: Kind, namespace: string, name: string): void;
}

/**
 * Keeps a sink equal to one collection of the cluster: lists it, watches it, and after any fault finds out what
 * was missed. Follows client-go's reflector.
 */
export class Reflector {
  readonly kind: Kind;
  readonly namespace: string;
  #listing: Listing;
  readonly #lists: FairLimit;
  readonly #onStatus: () => void;
  readonly #backoff: Backoff;
  readonly #known: Known;
  #status: ReflectorStatus = { is: 'idle', since: undefined };
  /** The version to watch from; undefined: list first. */
  #version: Version | undefined;
  /** The version a list must have reached, so that it does not lead back in time. */
  #notOlderThan: Version | undefined;
  /** Whether the server may be another one than before, with versions of its own. */
  #suspicious = false;
  #complete = false;
  #expirations = 0;
  #timesLive = 0;
  #attempts = 0;
  /** How often, in a row, what could be read before was refused right after a failure. */
  #refusals = 0;
  /** Whether the try under way is out of date: if it fails, the next one follows without a pause. */
  #retryAsked = false;
  #wake: LinkedAbort | undefined;
  #running = Promise.resolve();

  constructor(listing: Listing, sink: ObjectSink, lists: FairLimit, onStatus: () => void) {
    this.kind = listing.kind;
    this.namespace = listing.namespace;
    this.#listing = listing;
    this.#lists = lists;
    this.#onStatus = onStatus;
    this.#backoff = new Backoff(listing.client.environment);
    this.#known = new Known(listing.kind, sink);
  }

  /** How often all there is had been read, or a watch went on from it. */
  get timesLive(): number {
    return this.#timesLive;
  }

  get status(): ReflectorStatus {
    return this.#status;
  }

  /** Reads until the signal aborts; after that the sink hears nothing. Run again, it goes on from where it was. */
  run(signal: AbortSignal): void {
    this.#running = this.#running.then(() => this.#loop(signal));
  }

  /** Takes all its objects back from the sink. */
  drop(): void {
    this.#known.clear();
    this.#version = undefined;
    this.#complete = false;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      this.#retryAsked = false;
      try {
        await this.#listAndWatch(signal);
        this.#attempts = 0;
      } catch (error) {
        // A cancelled run ends in `idle` below, whatever the cancellation made of it.
        if (!stopped() && !isCancellation(error)) await this.#recover(error, signal);
      }
    }
    this.#set({ is: 'idle', since: this.#staleSince() });
  }

  /** Ends a wait before the next try; a try under way is not waited upon when it fails. */
  retryNow(): void {
    this.#retryAsked = true;
    if (this.#status.is !== 'waiting') return;
    this.#backoff.reset();
    this.#set(this.#readingStatus());
    this.#wake?.abort();
  }

  async #listAndWatch(signal: AbortSignal): Promise<void> {
    // A try after a failure shows that failure until the server answers: no flicker every 30 s.
    if (this.#status.is === 'idle') this.#set(this.#readingStatus());
    if (resources[this.kind].optional && this.#version === undefined) await this.#findVersion(signal);
    if (this.#suspicious) await this.#compareVersions(signal);
    const from = this.#version ?? (await this.#lists.run(undefined, () => this.#list(signal), signal));
    const end = await watchFrom(
      this.#listing,
      from,
      () => {
        if (!signal.aborted) this.#becomeLive();
      },
      (event) => {
        if (!signal.aborted) this.#apply(event);
      },
      signal,
    );
    this.#suspicious = end === 'silent';
  }

  async #findVersion(signal: AbortSignal): Promise<void> {
    const apiVersion = await servedVersion(this.#listing.client, resources[this.kind], signal);
    this.#listing = { ...this.#listing, apiVersion };
  }

  async #list(signal: AbortSignal): Promise<Version> {
    let version: Version;
    try {
      version = await this.#listOnce(signal);
    } catch (error) {
      // Of a broken page nothing is believed, not even that an object of this version is known.
      if (error instanceof ExplainedError && error.code === 'malformed-answer') this.#known.distrust();
      throw error;
    }
    throwIfCancelled(signal);
    this.#known.finishList(version);
    this.#version = version;
    this.#notOlderThan = version;
    this.#complete = true;
    this.#becomeLive();
    return version;
  }

  async #listOnce(signal: AbortSignal): Promise<Version> {
    const receiver = {
      restart: () => this.#known.beginList(),
      item: (object: AnyObject, version: Version) => {
        if (signal.aborted) return;
        if (this.#status.is === 'waiting') this.#set(this.#readingStatus());
        this.#known.listed(object, version);
      },
    };
    if (this.#notOlderThan !== undefined) {
      try {
        return await listAll(this.#listing, this.#notOlderThan, receiver, signal);
      } catch (error) {
        // The server does not have that version, or does not know the question: take what it has.
        if (!(error instanceof ApiError) || ![400, 410, 422, 500, 504].includes(error.httpStatus))
          throw error;
        this.#notOlderThan = undefined;
      }
    }
    return listAll(this.#listing, undefined, receiver, signal);
  }

  /**
   * A server that was away may come back as another one: restored, or a lab started again. Watching it from the old
   * version would miss what differs, so its first object must be the one we know.
   */
  async #compareVersions(signal: AbortSignal): Promise<void> {
    const { version, first } = await firstOf(this.#listing, signal);
    if (isOlder(version, this.#version) || !this.#known.agreesWith(first)) {
      this.#known.distrust();
      this.#version = undefined;
      this.#notOlderThan = undefined;
    }
    this.#suspicious = false;
  }

  #apply(event: WatchEvent): void {
    this.#expirations = 0;
    if (event.is === 'bookmark' && isOlder(event.version, this.#version)) {
      throw new ExplainedError('server-went-back', t('The cluster has gone back to an older state.'), {
        remedy: t('It is read again; a backup was restored, or another cluster took its place.'),
      });
    }
    if (event.is === 'put') this.#known.put(event.object, event.version);
    else if (event.is === 'gone') this.#known.gone(event.object, event.version);
    // Events may be repeated or overtake each other; the version to go on from only grows.
    if (event.version !== '' && !isOlder(event.version, this.#version)) {
      this.#version = event.version;
      this.#notOlderThan = event.version;
    }
  }

  #becomeLive(): void {
    this.#timesLive += 1;
    this.#attempts = 0;
    this.#refusals = 0;
    this.#set({ is: 'live' });
  }

  async #recover(thrown: unknown, signal: AbortSignal): Promise<void> {
    const { now } = this.#listing.client.environment;
    const error = explained(thrown, this.kind);
    const since = this.#staleSince();
    if (error instanceof ApiError && [400, 422].includes(error.httpStatus)) {
      // It makes nothing of the version: another one may do.
      this.#version = undefined;
    }
    if (error instanceof ApiError && (error.isExpired || error.isVersionTooLarge)) {
      this.#version = undefined;
      if (error.isVersionTooLarge) this.#notOlderThan = undefined;
      this.#expirations += 1;
      // Asking for the list at once is right, unless that is all that ever happens.
      if (this.#expirations === 1) {
        this.#set(this.#readingStatus());
        return;
      }
    }
    const trouble = troubleOf(error);
    if (trouble === 'forbidden' && this.#mayBeStarting()) {
      if (this.#refusals === 0) this.#backoff.reset();
      this.#refusals += 1;
      this.#set(this.#readingStatus());
      await rest(new LinkedAbort(signal), this.#backoff.next());
      return;
    }
    // Whatever went wrong: until the next try, another server may take this one's place.
    this.#suspicious = this.#version !== undefined;
    if (trouble === 'forbidden' || trouble === 'absent') {
      // What may no longer be read, or no longer exists, is not kept on show.
      this.#known.clear();
      this.#version = undefined;
      this.#complete = false;
    }
    const pause = pauseAfter(error, this.#backoff.next());
    const wake = new LinkedAbort(signal);
    this.#wake = wake;
    this.#attempts += 1;
    // A single cut connection is no news: what is shown is behind by less than a second.
    if (this.#attempts === 1 && trouble === 'network' && since !== undefined) {
      this.#set({ is: 'catching-up', since });
    } else {
      this.#set({
        is: 'waiting',
        error,
        attempts: this.#attempts,
        failingSince: this.#status.is === 'waiting' ? this.#status.failingSince : now(),
        since: this.#complete ? since : undefined,
        retryAt: now() + pause,
      });
    }
    if (this.#retryAsked) wake.abort();
    await rest(wake, pause);
  }

  /**
   * Whether a refusal may be that of a server which has just started: it serves before it has read its roles, and for
   * less than a second refuses all but administrators.
   */
  #mayBeStarting(): boolean {
    return this.#complete && this.#attempts > 0 && this.#refusals < refusalsWhileStarting;
  }

  #readingStatus(): ReflectorStatus {
    const since = this.#staleSince();
    return since === undefined ? { is: 'loading' } : { is: 'catching-up', since };
  }

  /** When what was read stopped being current; now, if it still is; undefined where nothing was read in full. */
  #staleSince(): number | undefined {
    if (!this.#complete) return undefined;
    const known =
      this.#status.is === 'live' || this.#status.is === 'loading' ? undefined : this.#status.since;
    return known ?? this.#listing.client.environment.now();
  }

  #set(status: ReflectorStatus): void {
    if (status.is === this.#status.is && status.is !== 'waiting' && status.is !== 'catching-up') return;
    this.#status = status;
    this.#onStatus();
  }
}
