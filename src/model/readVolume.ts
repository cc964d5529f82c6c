import type { Volume } from './objects.ts';
import { list, record, text, type Json } from './json.ts';

/** The field of a volume source that says what it refers to (core/v1 VolumeSource). */
const referenceField: Readonly<Record<string, string>> = {
  hostPath: 'path',
  configMap: 'name',
  secret: 'secretName',
  persistentVolumeClaim: 'claimName',
  csi: 'driver',
  image: 'reference',
  gitRepo: 'repository',
  awsElasticBlockStore: 'volumeID',
  gcePersistentDisk: 'pdName',
  azureDisk: 'diskName',
  azureFile: 'shareName',
  cinder: 'volumeID',
  vsphereVolume: 'volumePath',
  glusterfs: 'path',
  rbd: 'image',
};

/** Reads one entry of `spec.volumes`. A Secret's name is kept, never its data. */
export function readVolume(volume: Json): Volume {
  const kind = Object.keys(volume).find((field) => field !== 'name') ?? 'emptyDir';
  const source = record(volume[kind]);
  const sizeLimit = text(source.sizeLimit);
  return {
    name: text(volume.name),
    kind,
    source: sourceOf(kind, source),
    ...(sizeLimit !== '' && { sizeLimit }),
  };
}

function sourceOf(kind: string, source: Json): string {
  switch (kind) {
    case 'emptyDir':
      return text(source.medium);
    case 'nfs':
      return `${text(source.server)}:${text(source.path)}`;
    case 'projected':
      return list(source.sources)
        .map((entry) => projectedSource(record(entry)))
        .join(', ');
    default: {
      const field = referenceField[kind];
      return field === undefined ? '' : text(source[field]);
    }
  }
}

function projectedSource(entry: Json): string {
  const kind = Object.keys(entry)[0] ?? '';
  const name = text(record(entry[kind]).name);
  return name === '' ? kind : `${kind} ${name}`;
}
