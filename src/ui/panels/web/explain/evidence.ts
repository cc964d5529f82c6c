import type { ExplainEvidence, ExplainMessage } from '../../protocol/explain.ts';
import { button, el } from '../shared/elements.ts';
import type { Page } from '../shared/page.ts';

/** Statements, each with the object it was read from as a button that opens it. */
export function evidenceList(
  page: Page<ExplainMessage>,
  evidence: readonly ExplainEvidence[],
  id: string,
): HTMLElement {
  return el(
    'ul',
    { class: 'evidence' },
    ...evidence.map(({ text, object, path }, index) =>
      el(
        'li',
        {},
        el('span', { class: 'statement' }, text),
        text !== '' && ' ',
        object !== undefined &&
          button(
            {
              class: 'link code',
              id: `${id}-object-${index}`,
              'aria-label': page.text('openObject', [object, path].filter(Boolean).join(' ')),
            },
            () => page.say({ is: 'open-object', object, ...(path !== undefined && { path }) }),
            path === undefined ? object : `${object} ${path}`,
          ),
      ),
    ),
  );
}
