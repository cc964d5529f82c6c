import { t } from '../base/l10n.ts';

/** Whole sentences, one behind the other. */
export function sentences(...all: readonly (string | undefined)[]): string {
  return all.filter((sentence) => sentence !== undefined).join(' ');
}

/** A sentence, and the question that follows where something near is known. */
export function withGuess(sentence: string, meant: string | undefined): string {
  return sentences(sentence, meant === undefined ? undefined : t('Did you mean {0}?', meant));
}
