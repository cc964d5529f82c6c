import { isDirection, neighbourOf, wayOf } from './neighbour.ts';
import { nodeAt } from './pointer.ts';
import type { Stage } from './stage.ts';

const step = 80;

/** The keys that work while the map, or something on it, has the focus. */
export function followKeys(
  stage: Stage,
  on: {
    readonly open: (id: string) => void;
    readonly drill: (id: string) => void;
    readonly leave: () => void;
    readonly search: () => void;
  },
): void {
  const { element } = stage;
  element.addEventListener('focusin', (event) => {
    const id = nodeAt(event);
    if (id !== undefined) stage.select(id);
  });
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = nodeAt(event);
    if (!handle(event, focused)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  const handle = (event: KeyboardEvent, focused: string | undefined): boolean => {
    const { key } = event;
    if (isDirection(key)) {
      if (focused === undefined || event.shiftKey) {
        const [x, y] = wayOf(key);
        stage.pan(-x * step, -y * step);
        return true;
      }
      const places = stage.layout?.nodes ?? new Map();
      const next = neighbourOf(focused, key, places, stage.connectedTo(focused));
      if (next !== undefined) stage.select(next, { focus: true });
      return true;
    }
    switch (key) {
      case '+':
      case '=':
        stage.zoom(1.25);
        return true;
      case '-':
        stage.zoom(0.8);
        return true;
      case '0':
        stage.fit();
        return true;
      case '1':
        stage.zoom(1 / stage.sight.scale);
        return true;
      case '/':
        on.search();
        return true;
      case 'Enter':
      case ' ':
        if (focused === undefined) stage.select(stage.current, { focus: true });
        else if (event.shiftKey) on.drill(focused);
        else on.open(focused);
        return true;
      case 'Escape':
        on.leave();
        element.focus({ preventScroll: true });
        return true;
      default:
        return false;
    }
  };
}
