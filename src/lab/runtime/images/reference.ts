/** What an image reference says. */
export interface ImageReference {
  /** `docker.io` when none is written. */
  readonly registry: string;
  /** Without registry, `library/` left out: `nginx`, `curlimages/curl`. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | undefined;
  /** The full name, as the container runtime writes it in messages. */
  readonly canonical: string;
}

/** Reads an image reference as containerd does; undefined when it is not one. */
export function parseImage(text: string): ImageReference | undefined {
  const [name = '', digest] = text.split('@', 2);
  if (digest !== undefined && !/^[a-z0-9]+:[0-9a-f]{32,}$/.test(digest)) return undefined;
  const [, path = '', tag] = /^(.*?)(?::([\w][\w.-]{0,127}))?$/.exec(name) ?? [];
  const segments = path.split('/');
  const [first = ''] = segments;
  const hasRegistry = segments.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  const written = hasRegistry ? first : 'docker.io';
  const registry = written === 'index.docker.io' ? 'docker.io' : written;
  const full = hasRegistry ? segments.slice(1).join('/') : path;
  if (!/^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/.test(full)) return undefined;
  const onHub = registry === 'docker.io';
  const repository = onHub ? full.replace(/^library\//, '') : full;
  const hubPath = onHub && !full.includes('/') ? `library/${full}` : full;
  const version = tag ?? 'latest';
  const suffix = digest === undefined ? `:${version}` : `@${digest}`;
  return { registry, repository, tag: version, digest, canonical: `${registry}/${hubPath}${suffix}` };
}
