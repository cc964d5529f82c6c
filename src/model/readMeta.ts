import type { ObjectMeta } from './objects.ts';
import { flag, list, record, strings, text, type Json } from './json.ts';

/** Reads `metadata`. Names are kept as they came: whoever shows them makes them safe (base/hostileText). */
export function readMeta(object: Json): ObjectMeta {
  const metadata = record(object.metadata);
  const deletedAt = text(metadata.deletionTimestamp);
  const controller = list(metadata.ownerReferences)
    .map(record)
    .find((owner) => flag(owner.controller));
  return {
    uid: text(metadata.uid),
    namespace: text(metadata.namespace),
    name: text(metadata.name),
    labels: strings(metadata.labels),
    createdAt: text(metadata.creationTimestamp),
    ...(deletedAt === '' ? {} : { deletedAt }),
    ...(controller === undefined
      ? {}
      : {
          owner: {
            kind: text(controller.kind),
            name: text(controller.name),
            uid: text(controller.uid),
          },
        }),
  };
}
