// Reads the list of files of a ZIP archive (a VSIX is one): APPNOTE.TXT 4.3.12 and 4.3.16.
import { readFile } from 'node:fs/promises';

export interface ZipEntry {
  name: string;
  /** Bytes inside the archive. */
  compressed: number;
  /** Bytes when unpacked. */
  size: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/** The files of an archive, in its own order; no ZIP64, which a VSIX of a few megabytes never needs. */
export async function zipEntries(file: string): Promise<ZipEntry[]> {
  const bytes = await readFile(file);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) throw new Error(`${file} is not a ZIP archive.`);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new Error(`${file} is damaged at ${at}.`);
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      compressed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
