import { clusterImages } from './clusterImages.ts';
import type { Image } from './image.ts';
import { parseImage, type ImageReference } from './reference.ts';
import { systemImages } from './systemImages.ts';
import { webImages } from './webImages.ts';

/** The images that the practice lab has. */
export const images: readonly Image[] = [...webImages, ...systemImages, ...clusterImages];

/** Other registries and paths under which the same images are found. */
const mirrors: Readonly<Record<string, readonly RegExp[]>> = {
  'docker.io': [/^(.*)$/],
  'quay.io': [
    /^centos\/(centos)$/,
    /^(?:fedora)\/(fedora)$/,
    /^(?:rockylinux)\/(rockylinux)$/,
    /^(?:curl)\/(curl)$/,
  ],
  'registry.k8s.io': [
    /^(e2e-test-images\/agnhost|pause|coredns\/coredns|kube-proxy)$/,
    /^e2e-test-images\/(busybox|nginx|httpd)$/,
  ],
  'gcr.io': [
    /^(distroless\/static)(?:-debian\d+)?$/,
    /^google-containers\/(pause)$/,
    /^(?:google-samples)\/(.*)$/,
  ],
  'public.ecr.aws': [/^docker\/library\/(.*)$/],
  'registry.fedoraproject.org': [/^(fedora)$/],
  'registry.access.redhat.com': [/^ubi\d+\/(ubi-minimal)$/],
  'mirror.gcr.io': [/^(?:library\/)?(.*)$/],
};

/** Tags that exist nowhere: a way to see a pull that fails. */
const noSuchTag =
  /^(nosuch|doesnotexist|does-not-exist|no-such.*|typo|wrong.*|invalid.*|broken|notfound|not-found|nonexistent|non-existent|v?99+(\.\d+)*)$/i;

export type ImageLookup =
  | { readonly image: Image; readonly alpineTag: boolean }
  | { readonly problem: 'InvalidImageName' | 'ErrImagePull'; readonly message: string };

/** The image of a reference, or why it cannot be pulled, in containerd's words and the lab's. */
export function findImage(reference: string): ImageLookup {
  const parsed = parseImage(reference);
  if (parsed === undefined) {
    return {
      problem: 'InvalidImageName',
      message: `Failed to apply default image tag "${reference}": couldn't parse image name "${reference}": invalid reference format`,
    };
  }
  const failed = (why: string): ImageLookup => ({
    problem: 'ErrImagePull',
    message: `failed to pull and unpack image "${parsed.canonical}": failed to resolve reference "${parsed.canonical}": ${why}`,
  });
  if (!Object.hasOwn(mirrors, parsed.registry)) {
    return failed(
      `failed to do request: Head "https://${parsed.registry}/v2/${parsed.repository}/manifests/${parsed.tag}": dial tcp: lookup ${parsed.registry.replace(/:\d+$/, '')}: no such host (practice lab: there is no such registry)`,
    );
  }
  const image = lookUp(parsed);
  if (image === undefined) {
    const has = images.map(({ repository }) => repository).sort();
    return failed(
      `pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed (practice lab: it has only the images ${has.join(', ')})`,
    );
  }
  if (parsed.digest === undefined && noSuchTag.test(parsed.tag))
    return failed(`${parsed.canonical}: not found`);
  return { image, alpineTag: image.alpineTags && parsed.tag.includes('alpine') };
}

function lookUp({ registry, repository }: ImageReference): Image | undefined {
  for (const pattern of mirrors[registry] ?? []) {
    const name = pattern.exec(repository)?.[1];
    const image = images.find(
      (candidate) =>
        candidate.repository === name ||
        (registry === 'quay.io' && candidate.repository === `${name ?? ''}images/curl`),
    );
    if (image) return image;
  }
  return undefined;
}
