import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord, record, text } from '../../../src/model/json.ts';
import { expandSnippet, type Expansion } from './expandSnippet.ts';

export interface Snippet {
  readonly title: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
  readonly expansion: Expansion;
}

export const repository = path.resolve(import.meta.dirname, '../../..');

/** Reads every snippet that package.json contributes for YAML. */
export function readSnippets(): readonly Snippet[] {
  const manifest = record(readJson('package.json'));
  const contributed = record(manifest.contributes).snippets;
  if (!Array.isArray(contributed)) throw new Error('package.json contributes no snippets');
  return contributed
    .map(record)
    .filter((entry) => entry.language === 'yaml')
    .flatMap((entry) => Object.entries(record(readJson(text(entry.path)))).map(readSnippet));
}

function readSnippet([title, value]: [string, unknown]): Snippet {
  if (!isRecord(value) || !Array.isArray(value.body)) throw new Error(`${title}: no body`);
  const body = value.body.map(text).join('\n');
  return {
    title,
    prefix: text(value.prefix),
    description: text(value.description),
    body,
    expansion: expandSnippet(body),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(repository, file), 'utf8'));
}
