import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Sentence } from '../base/say.ts';
import type { Pod, Volume } from '../model/objects.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ContainerRef } from '../model/terminal.ts';
import { podsSharing } from '../model/volumeKinds.ts';
import { labelOf } from './attempt.ts';
import { lookUp, shown } from './lookUp.ts';
import { noteTexts } from './reportTexts.ts';
import { runningContainers } from './source.ts';

/** One place where a volume can be looked at: a mount of a container that runs. */
export interface MountPlace {
  readonly at: ContainerRef;
  readonly path: string;
  readonly readOnly: boolean;
  /** '' where the whole volume is mounted. */
  readonly subPath: string;
}

/** A mount through which the written file must be seen, and where it is there. */
export interface ReadPlace extends MountPlace {
  readonly file: string;
}

/** What a volume test will do, to be said before it is done. */
export interface VolumePlan {
  /** `volume/NS/POD/NAME`. */
  readonly ref: string;
  readonly kind: string;
  readonly writer: MountPlace;
  /** Places that must see what is written: the same directory of the same volume. */
  readonly readers: readonly ReadPlace[];
  /** The file that is written and removed, in the writer's container. */
  readonly file: string;
  /** What is not compared, and why. */
  readonly notes: readonly Sentence[];
}

/** The API server writes into these; nobody in a container can (kubelet mounts them read-only). */
const neverWritable: ReadonlySet<string> = new Set([
  'configMap',
  'secret',
  'projected',
  'downwardAPI',
  'serviceAccountToken',
  'image',
]);

/**
 * Plans a test of whether all who mount a volume see the same directory: a file with a random word is written through
 * one writable mount, read through every other, compared and removed.
 * @param marker the word; it becomes part of the file's name, so letters and digits only.
 * @throws ExplainedError where there is no such volume, nobody can write to it, or nobody else mounts it.
 */
export function planVolume(
  volumeRef: { readonly namespace: string; readonly pod: string; readonly volume: string },
  snapshot: Snapshot,
  marker: string,
): VolumePlan {
  if (!/^[a-z0-9]{8,64}$/.test(marker)) throw new Error('a marker holds letters and digits only');
  const pod = lookUp(snapshot, 'Pod', volumeRef.namespace, volumeRef.pod);
  const volume = pod.volumes.find(({ name }) => name === volumeRef.volume);
  const label = t(
    'Volume {0} of pod {1} in namespace {2}',
    shown(volumeRef.volume),
    shown(pod.name),
    shown(pod.namespace),
  );
  if (volume === undefined) {
    throw new ExplainedError(
      'no-such-volume',
      t('Pod {0} has no volume {1}', shown(pod.name), shown(volumeRef.volume)),
      {
        remedy: t('It has: {0}.', pod.volumes.map(({ name }) => shown(name)).join(', ') || t('none')),
      },
    );
  }
  if (neverWritable.has(volume.kind)) {
    throw new ExplainedError(
      'volume-read-only',
      t('{0} is a {1}: no container can write to it', label, volume.kind),
      {
        remedy: t('Its content comes from the API server; all who mount it see the same object.'),
      },
    );
  }
  const { places, notes } = placesOf(pod, volume, snapshot);
  // Of all who may write the one whose file most others see: below a subPath it is seen from above, too.
  const seenFrom = (writer: MountPlace): readonly ReadPlace[] =>
    places.flatMap((place) => (place === writer ? [] : readPlace(place, writer, marker)));
  const [writer] = places
    .filter(({ readOnly }) => !readOnly)
    .sort((a, b) => seenFrom(b).length - seenFrom(a).length);
  if (writer === undefined) {
    throw new ExplainedError('no-writable-mount', t('No running container can write to {0}', label), {
      remedy: places.length === 0 ? t('None mounts it.') : t('All its mounts are read-only.'),
    });
  }
  const readers = seenFrom(writer);
  for (const place of places) {
    if (place === writer || readPlace(place, writer, marker).length > 0) continue;
    const args = [labelOf(place.at), place.subPath, place.path].map((text) => shown(text));
    notes.push({ template: noteTexts.otherDirectory, args });
  }
  if (readers.length === 0) {
    throw new ExplainedError('volume-not-shared', t('{0} has no second mount to compare', label), {
      remedy: t('A volume is shared when several running containers mount the same directory of it.'),
    });
  }
  return {
    ref: `volume/${pod.namespace}/${pod.name}/${volume.name}`,
    kind: volume.kind,
    writer,
    readers,
    file: fileIn(writer.path, marker),
    notes,
  };
}

/** Where a mount shows the writer's file: none where it shows another part of the volume. */
function readPlace(place: MountPlace, writer: MountPlace, marker: string): readonly ReadPlace[] {
  const folders = (subPath: string): readonly string[] => subPath.split('/').filter(Boolean);
  const [inside, from] = [folders(writer.subPath), folders(place.subPath)];
  if (!from.every((folder, index) => folder === inside[index])) return [];
  const below = inside.slice(from.length).map((folder) => `/${folder}`);
  return [{ ...place, file: fileIn(`${place.path.replace(/\/+$/, '')}${below.join('')}`, marker) }];
}

/** The marker's file below a mount. */
function fileIn(path: string, marker: string): string {
  return `${path.replace(/\/+$/, '')}/.podnet-${marker}`;
}

interface Places {
  readonly places: readonly MountPlace[];
  readonly notes: Sentence[];
}

function placesOf(pod: Pod, volume: Volume, snapshot: Snapshot): Places {
  const notes: Sentence[] = [];
  const pods = [pod, ...podsSharing(snapshot, pod, volume)];
  const places = pods.flatMap((each) => {
    const name = each === pod ? volume.name : (sameSource(each, volume)?.name ?? '');
    const running = new Set(runningContainers(each).map((container) => container.name));
    return each.containers.flatMap((container) => {
      const mounts = container.mounts.filter((mount) => mount.volume === name);
      if (mounts.length > 0 && !running.has(container.name) && container.role !== 'init') {
        notes.push({ template: noteTexts.notRunning, args: [shown(container.name), shown(each.name)] });
      }
      if (!running.has(container.name)) return [];
      return mounts.map(({ path, readOnly, subPath }) => ({
        at: { namespace: each.namespace, pod: each.name, container: container.name },
        path,
        readOnly,
        subPath,
      }));
    });
  });
  return { places, notes };
}

/** The volume of another pod with the same source. */
function sameSource(other: Pod, volume: Volume): Volume | undefined {
  return other.volumes.find(({ kind, source }) => kind === volume.kind && source === volume.source);
}
