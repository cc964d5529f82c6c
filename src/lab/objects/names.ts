/** Generated names and identifiers in the forms Kubernetes uses. */
import { createHash, randomBytes } from 'node:crypto';

/** No vowels and no look-alikes, so that no words come out (apimachinery's rand package). */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

function spell(bytes: Uint8Array): string {
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** Five random characters, as generateName appends. */
export function nameSuffix(length = 5): string {
  return spell(randomBytes(length));
}

/** `generateName` with a suffix; long bases are cut so that the name stays within 63 characters. */
export function generatedName(base: string): string {
  return base.slice(0, 58) + nameSuffix();
}

/** Ten characters that are the same for the same text: pod-template-hash, revisions. */
export function hashName(text: string): string {
  return spell(createHash('sha256').update(text).digest().subarray(0, 10));
}

/** 64 hexadecimal digits: container ids and image digests. Derived from `seed` where one is given. */
export function hexId(seed?: string): string {
  return seed === undefined
    ? randomBytes(32).toString('hex')
    : createHash('sha256').update(seed).digest('hex');
}
