import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '../fixtures/tls');

/** A file of test/unit/cluster/fixtures/tls. */
export function pem(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
