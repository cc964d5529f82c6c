import { readKept, type Kept } from './kept.ts';
import {
  readMapContent,
  type MapAction,
  type MapContent,
  type MapMessage,
  type MapView,
} from '../../protocol/map.ts';
import { el } from '../shared/elements.ts';
import { startPage } from '../shared/page.ts';
import { breather } from './breather.ts';
import { details } from './details.ts';
import { sizeOf, textMeasure } from './drawing.ts';
import { exportSvg } from './exportSvg.ts';
import { filterForm } from './filterForm.ts';
import { followKeys } from './keyboard.ts';
import { layoutMap, newMemory } from './layout.ts';
import { legend } from './legend.ts';
import { list } from './list.ts';
import { followPointer } from './pointer.ts';
import { findNodes } from './search.ts';
import { Stage } from './stage.ts';
import { Toolbar } from './toolbar.ts';

const page = startPage<MapContent, MapMessage>({ readContent: readMapContent, show });
const stage = new Stage(page);
const toolbar = new Toolbar(page, {
  zoom: (factor) => stage.zoom(factor),
  fit: () => stage.fit(),
  fullSize: () => stage.zoom(1 / stage.sight.scale),
  search,
  step,
  level: (level) => change({ level, workload: undefined }),
  toggle: (part) => toggle(part),
  whole: (view) => change(view),
  save,
});
const heading = el('h1', { class: 'visually-hidden' }, page.text('map'));
const status = el('p', { class: 'summary', id: 'summary', role: 'status' });
const notices = el('ul', { class: 'notices', id: 'notices' });
const room = el('div', { class: 'stage' }, stage.element);
const memory = newMemory();
const measure = textMeasure();
let content: MapContent | undefined;
/** The arrangement that is under way; a newer one makes it stop. */
let turn = 0;
let open = '';
/** What the list of namespaces in the filter was narrowed to. */
let narrowed = '';
let found: { readonly query: string; readonly ids: readonly string[]; readonly at: number } = {
  query: '',
  ids: [],
  at: 0,
};
const kept = readKept(page.kept());
let shownFocus = kept.focusTurn;
const parts = { list: kept.list, legend: kept.legend, filter: false, placement: kept.placement };

let keeping: number | undefined;
if (kept.sight !== undefined) stage.look(kept.sight, false);
stage.onMove = () => {
  // The page may be gone at any moment; a drag moves the map a hundred times.
  keeping ??= setTimeout(() => {
    keeping = undefined;
    keep();
  }, 200);
};
new ResizeObserver(() => stage.resized()).observe(room);
const on = { open: openDetails, drill, leave, search: () => toolbar.focusSearch() };
followPointer(stage, on);
followKeys(stage, on);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  if (parts.filter) toggle('filter');
  else if (open !== '') closeDetails();
});

function show(now: MapContent, root: HTMLElement): void {
  if (!root.contains(room)) root.replaceChildren(heading, toolbar.element, status, notices, room);
  const isOther = content !== undefined && scopeOf(content) !== scopeOf(now);
  content = now;
  root.setAttribute('aria-busy', 'true');
  toolbar.show(now, parts);
  status.textContent = [now.place, now.summary].filter(Boolean).join(' · ');
  notices.replaceChildren(...now.notices.map((notice) => el('li', {}, notice)));
  arrange(now, isOther).then(
    () => root.setAttribute('aria-busy', 'false'),
    (error: unknown) => {
      if (error !== superseded) throw error;
    },
  );
}

const superseded = new Error('A newer map has come.');

async function arrange(now: MapContent, isOther: boolean): Promise<void> {
  turn += 1;
  const own = turn;
  const boxes = new Set(now.boxes.filter(({ is }) => is === 'workload').map(({ id }) => id));
  const breathe = breather(() => {
    if (own !== turn) throw superseded;
  });
  const layout = await layoutMap(now, (node) => sizeOf(node, boxes.has(node.box), measure), memory, breathe);
  await stage.show(now, layout, breathe);
  if (isOther) stage.fit();
  if (found.query !== '') search(found.query, true);
  const { focus } = now;
  if (focus !== undefined && focus.turn !== shownFocus && stage.node(focus.id) !== undefined) {
    shownFocus = focus.turn;
    keep();
    stage.select(focus.id, { focus: true, readable: true });
  }
  redraw();
}

/** What is on the map at all: after a change of it, all is shown anew. */
function scopeOf({ level, view }: MapContent): string {
  const { namespaces, workload, hiddenKinds, onlyProblems } = view;
  return JSON.stringify([level, namespaces, workload, hiddenKinds, onlyProblems]);
}

/** The parts beside the drawing: details, list, legend, filter. */
function redraw(): void {
  if (content === undefined) return;
  const now = content;
  const focused = document.activeElement?.id ?? '';
  const before = ['details', 'list', 'legend', 'filter-form'].map((id) => {
    const part = document.getElementById(id);
    const scrolled = part?.scrollTop ?? 0;
    part?.remove();
    return { id, scrolled };
  });
  stage.showPlacement(parts.placement);
  // The list takes the drawing's place; the drawing keeps its size, for when it is shown again.
  stage.element.classList.toggle('aside', parts.list);
  stage.element.setAttribute('aria-hidden', String(parts.list));
  stage.element.setAttribute('tabindex', parts.list ? '-1' : '0');
  if (parts.list) room.append(list(page, now, stage, openDetails));
  if (parts.legend && !parts.list) room.after(legend(page));
  if (parts.filter) {
    room.append(
      filterForm(
        page,
        now,
        { placement: parts.placement, narrowed },
        {
          view: (view) => page.say({ is: 'view', view }),
          placement: () => toggle('placement'),
          narrow: (wanted) => (narrowed = wanted),
        },
      ),
    );
  }
  const node = stage.node(open);
  if (node !== undefined) {
    room.append(details(page, now, node, stage.edgesOf(open), { act, go: goTo, close: closeDetails }));
  }
  for (const { id, scrolled } of before) document.getElementById(id)?.scrollTo(0, scrolled);
  if (focused !== '' && document.activeElement?.id !== focused)
    document.getElementById(focused)?.focus({ preventScroll: true });
}

function keep(): void {
  const { list: inList, legend: withLegend, placement } = parts;
  const sight = stage.isFitted ? undefined : stage.sight;
  page.keep({ list: inList, legend: withLegend, placement, sight, focusTurn: shownFocus } satisfies Kept);
}

function toggle(part: keyof typeof parts): void {
  parts[part] = !parts[part];
  keep();
  if (content !== undefined) toolbar.show(content, parts);
  redraw();
  if (part === 'filter') {
    if (parts.filter) document.getElementById('check-only-problems')?.focus();
    else document.getElementById('filter')?.focus();
  }
}

function change(view: Partial<MapView>): void {
  if (content !== undefined) page.say({ is: 'view', view: { ...content.view, ...view } });
}

function openDetails(id: string): void {
  open = id;
  stage.select(id);
  redraw();
  document.querySelector<HTMLElement>('#details .buttons button, #details-close')?.focus();
}

function closeDetails(): void {
  const before = open;
  open = '';
  redraw();
  if (parts.list) return;
  stage.select(before, { focus: true });
}

function leave(): void {
  open = '';
  stage.select('');
  redraw();
}

function goTo(id: string): void {
  openDetails(id);
}

function act(action: MapAction | 'drill'): void {
  if (action === 'drill') drill(open);
  else page.say({ is: action, node: open });
}

function drill(id: string): void {
  const node = stage.node(id);
  if (node?.drills === true) {
    open = '';
    page.say({ is: 'drill', node: id });
  } else openDetails(id);
}

function search(query: string, again = false): void {
  const hits = content === undefined ? [] : findNodes(content.nodes, query);
  const ids = hits.map(({ id }) => id);
  const at = again ? Math.min(found.at, Math.max(0, ids.length - 1)) : 0;
  found = { query, ids, at };
  stage.match(new Set(ids));
  toolbar.showFound(query, ids.length, at);
  const first = ids[at];
  if (first !== undefined && !again) stage.select(first, { readable: true });
}

function step(by: number): void {
  const { ids, at, query } = found;
  if (ids.length === 0) return;
  const next = (at + by + ids.length) % ids.length;
  found = { query, ids, at: next };
  toolbar.showFound(query, ids.length, next);
  stage.select(ids[next] ?? '', { readable: true });
}

function save(): void {
  if (stage.layout === undefined || content === undefined) return;
  const title = [page.text('map'), content.place].filter(Boolean).join(': ');
  page.say({ is: 'export', svg: exportSvg(stage.element, stage.layout, title) });
}
