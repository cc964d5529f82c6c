import type { Pod, Volume } from './objects.ts';

/** One place where a volume is mounted. */
export interface VolumeMount {
  readonly container: string;
  readonly path: string;
  readonly readOnly: boolean;
  readonly subPath: string;
}

/** Every mount of one of a pod's volumes, in the containers' order. */
export function mountsOf(pod: Pod, volume: Volume): readonly VolumeMount[] {
  return pod.containers.flatMap((container) =>
    container.mounts
      .filter((mount) => mount.volume === volume.name)
      .map(({ path, readOnly, subPath }) => ({ container: container.name, path, readOnly, subPath })),
  );
}
