/** Names of images as a container runtime reports them. */
import { hexId } from '../objects/names.ts';

/** `httpd` → `docker.io/library/httpd:latest`. */
export function fullImageName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const hasRegistry =
    rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  const path = hasRegistry ? image : rest.length > 0 ? `docker.io/${image}` : `docker.io/library/${image}`;
  if (path.includes('@')) return path;
  return /:[^/]+$/.test(path) ? path : `${path}:latest`;
}

/** Repository and digest; the digest is made up, but the same for the same image. */
export function imageId(image: string): string {
  const full = fullImageName(image);
  if (full.includes('@')) return full;
  return `${full.replace(/:[^/:]+$/, '')}@sha256:${hexId(full)}`;
}
