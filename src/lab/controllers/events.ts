/** Records Events as components of a cluster do: repeated ones are counted up, old ones go. */
import type { ObjectApi } from '../api/objectApi.ts';
import { timestamp } from '../objects/meta.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { Event } from '../objects/network.ts';
import { events, namespaces } from '../resources/catalog.ts';

export interface EventSource {
  component: string;
  host?: string;
}

export interface EventText {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** `spec.containers{c00}` for events about one container. */
  fieldPath?: string;
}

/** More events than this are not kept; real clusters forget them after an hour. */
const maximumEvents = 1000;

export class EventRecorder {
  readonly #api: ObjectApi;
  #counter = 0;

  constructor(api: ObjectApi) {
    this.#api = api;
  }

  record(about: ApiObject, source: EventSource, text: EventText): void {
    const namespace = about.metadata.namespace ?? 'default';
    // A namespace that is going takes no more events; they would go with it.
    const place = this.#api.store.get(namespaces, { name: namespace });
    if (!place || place.metadata.deletionTimestamp) return;
    const same = this.#findSame(about, source, text, namespace);
    if (same) {
      this.#api.modify(events, same.metadata, { manager: source.component }, (draft) => {
        draft.count = (draft.count ?? 1) + 1;
        draft.lastTimestamp = timestamp();
      });
      return;
    }
    this.#create(about, source, text, namespace);
    this.#forgetOldest();
  }

  #findSame(about: ApiObject, source: EventSource, text: EventText, namespace: string): Event | undefined {
    for (const event of this.#api.store.list(events, namespace)) {
      if (
        event.involvedObject.uid === about.metadata.uid &&
        event.reason === text.reason &&
        event.message === text.message &&
        event.involvedObject.fieldPath === text.fieldPath &&
        event.source?.component === source.component
      ) {
        return event;
      }
    }
    return undefined;
  }

  #create(about: ApiObject, source: EventSource, text: EventText, namespace: string): void {
    const now = timestamp();
    // The name is made of time, as on a real cluster; the counter keeps it unique.
    const suffix = (BigInt(Date.now()) * 1_000_000n + BigInt(this.#counter++)).toString(16);
    this.#api.create(
      events,
      namespace,
      {
        metadata: { name: `${about.metadata.name}.${suffix}`, namespace },
        involvedObject: {
          kind: about.kind,
          apiVersion: about.apiVersion,
          ...(about.metadata.namespace ? { namespace: about.metadata.namespace } : {}),
          name: about.metadata.name,
          uid: about.metadata.uid,
          resourceVersion: about.metadata.resourceVersion,
          ...(text.fieldPath ? { fieldPath: text.fieldPath } : {}),
        },
        reason: text.reason,
        message: text.message,
        type: text.type,
        source,
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
        reportingComponent: source.component,
        reportingInstance: source.host ?? '',
      },
      { manager: source.component },
    );
  }

  #forgetOldest(): void {
    const collection = this.#api.store.collection(events.storage);
    while (collection.size > maximumEvents) {
      // Insertion order is the order of age.
      const [oldest] = collection.values();
      if (!oldest) return;
      this.#api.store.remove(events, oldest.metadata);
    }
  }
}
