import * as l10n from '@vscode/l10n';
import { inEnglish, type Say } from './say.ts';

/** The language belongs to the process, not to a cluster: so it may stand here, at module level. */
const language = { isSet: false };

/**
 * Says a sentence of the core in the user's language: `t('Port {0} is no port.', port)`. The English text is the key, so it
 * must be a literal, and a whole sentence; `test/unit/ui/l10n.test.ts` gathers them into `l10n/`. Said when it is needed:
 * at module level the language is not known yet.
 */
export const t: Say = (message, ...args) =>
  language.isSet ? l10n.t(message, ...args) : inEnglish(message, ...args);

/**
 * Sets the language. Only the extension does: podnet and the lab speak English.
 * @param bundle translations by English text, as `vscode.l10n.bundle` holds them; undefined: English.
 */
export function useTranslations(bundle: Readonly<Record<string, string>> | undefined): void {
  language.isSet = bundle !== undefined;
  l10n.config({ contents: { ...bundle } });
}
