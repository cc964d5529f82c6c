import { oneLine } from '../../../../base/hostileText.ts';
import { mapKinds, type MapContent, type MapView } from '../../protocol/map.ts';
import { el } from '../shared/elements.ts';
import type { Page } from '../shared/page.ts';

/** Lists longer than this get a field that narrows them. */
const longList = 12;

/** The form behind the Filter button: each change is applied at once. */
export function filterForm(
  page: Pick<Page<never>, 'text'>,
  content: MapContent,
  { placement, narrowed }: { readonly placement: boolean; readonly narrowed: string },
  on: {
    readonly view: (view: MapView) => void;
    readonly placement: (shown: boolean) => void;
    readonly narrow: (wanted: string) => void;
  },
): HTMLElement {
  const { text } = page;
  const { view } = content;
  const chosen = new Set(view.namespaces);
  const namespaces = el(
    'div',
    { class: 'checks' },
    ...content.namespaces.map((name) =>
      checkbox(`ns-${name}`, oneLine(name), chosen.has(name), (isOn) => {
        if (isOn) chosen.add(name);
        else chosen.delete(name);
        on.view({ ...view, workload: undefined, namespaces: [...chosen].sort() });
      }),
    ),
  );
  const narrow = el('input', {
    type: 'search',
    id: 'narrow',
    'aria-label': text('namespaces'),
    placeholder: text('namespaces'),
  });
  const hideOthers = (): void => {
    const wanted = narrow.value.toLowerCase();
    for (const row of namespaces.children) {
      if (row instanceof HTMLElement) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
  };
  narrow.addEventListener('input', () => {
    on.narrow(narrow.value);
    hideOthers();
  });
  narrow.value = narrowed;
  hideOthers();
  const hidden = new Set(view.hiddenKinds);
  return el(
    'div',
    { class: 'filter-form', id: 'filter-form', role: 'group', 'aria-label': text('filter') },
    checkbox('only-problems', text('onlyProblems'), view.onlyProblems, (onlyProblems) =>
      on.view({ ...view, onlyProblems }),
    ),
    el(
      'fieldset',
      {},
      el('legend', {}, text('connections')),
      checkbox('placement', text('placement'), placement, on.placement),
      checkbox('policies', text('policies'), view.policies, (policies) => on.view({ ...view, policies })),
    ),
    el(
      'fieldset',
      {},
      el('legend', {}, text('kinds')),
      ...mapKinds
        .filter((kind) => kind !== 'Namespace')
        .map((kind) =>
          checkbox(`kind-${kind}`, text(kind), !hidden.has(kind), (isOn) => {
            const hiddenKinds = isOn
              ? view.hiddenKinds.filter((each) => each !== kind)
              : [...view.hiddenKinds, kind];
            on.view({ ...view, hiddenKinds });
          }),
        ),
    ),
    content.namespaces.length > 1 &&
      el(
        'fieldset',
        {},
        el('legend', {}, `${text('namespaces')}${chosen.size === 0 ? ` (${text('allNamespaces')})` : ''}`),
        content.namespaces.length > longList && narrow,
        namespaces,
      ),
  );
}

function checkbox(id: string, label: string, isOn: boolean, change: (isOn: boolean) => void): HTMLElement {
  const input = el('input', { type: 'checkbox', id: `check-${id}`, checked: isOn });
  input.addEventListener('change', () => change(input.checked));
  return el('label', {}, input, label);
}
