/** What a real cluster answered. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../fixtures/recordings/', import.meta.url);

export function recordingText(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, folder)), 'utf8');
}

/** One recorded HTTP answer. */
export interface RecordedAnswer {
  request: string;
  status: number;
  sent?: Record<string, unknown>;
  body: Record<string, unknown>;
}

export function recordedAnswer(name: string): RecordedAnswer {
  return JSON.parse(recordingText(name)) as RecordedAnswer;
}

/** The lines of an NDJSON recording. */
export function recordedLines<T>(name: string): T[] {
  return recordingText(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
