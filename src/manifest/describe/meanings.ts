import { t } from '../../base/l10n.ts';
import { networkMeanings } from './networkMeanings.ts';
import { volumeMeanings } from './volumeMeanings.ts';

/** What fields mean, in our own words where we have some: fields about networking and volumes. */
export class Meanings {
  readonly #texts = new Map<string, string>();

  constructor() {
    for (const line of `${networkMeanings}\n${volumeMeanings}`.split('\n')) {
      const blank = line.indexOf(' ');
      if (blank > 0) this.#texts.set(line.slice(0, blank), line.slice(blank + 1));
    }
  }

  /** All `Type.field` that have a text. */
  get fields(): readonly string[] {
    return [...this.#texts.keys()];
  }

  /** All texts, in English: the keys of their translations. */
  get texts(): readonly string[] {
    return [...this.#texts.values()];
  }

  /** @param type a type's name, such as `core.v1.ServicePort` */
  of(type: string, field: string): string | undefined {
    const text = this.#texts.get(`${type}.${field}`);
    return text && t(text);
  }
}
