/** What there is to practise, for people and for programs. */
import { scenarios } from './index.ts';

export interface ScenarioEntry {
  id: string;
  title: string;
  /** The words behind `podnet trace`; absent where nothing is there to ask about. */
  ask?: { from: string; to: string };
}

/** All scenarios, the default one first. */
export function scenarioList(): ScenarioEntry[] {
  return scenarios.map(({ id, title, ask }) => ({ id, title, ...(ask === undefined ? {} : { ask }) }));
}

/** An id and its sentence in a line, the question in the next. */
export function scenarioText(): string {
  const width = Math.max(...scenarios.map(({ id }) => id.length));
  return scenarioList()
    .flatMap(({ id, title, ask }) => [
      `${id.padEnd(width)}  ${title}`,
      ...(ask === undefined ? [] : [`${' '.repeat(width)}  podnet trace ${ask.from} ${ask.to}`]),
    ])
    .map((line) => `${line}\n`)
    .join('');
}
