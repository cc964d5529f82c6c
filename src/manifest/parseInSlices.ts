import type { Chunk } from './chunk.ts';
import { readChunk, splitDocuments } from './chunk.ts';
import type { ManifestFile } from './file.ts';
import { maximumDocuments, maximumFileLength, parse, type ParseOptions } from './parse.ts';

/** Reading goes on for so long before others get their turn, in milliseconds. */
const slice = 8;

/**
 * Reads a text like {@link parse}, document by document, and lets others have their turn in between.
 * @param pause resolves after what waits has run
 */
export async function parseInSlices(
  text: string,
  options: ParseOptions,
  pause: () => Promise<void>,
): Promise<ManifestFile> {
  if (text.length > maximumFileLength) return parse(text, options);
  const pieces = splitDocuments(text);
  if (pieces.length > maximumDocuments) return parse(text, options);
  const known = new Map<string, Chunk>();
  let started = performance.now();
  for (const piece of pieces) {
    if (performance.now() - started > slice) {
      await pause();
      started = performance.now();
    }
    if (!known.has(piece.text)) known.set(piece.text, readChunk(piece.text));
  }
  return parse(text, { ...options, known });
}
