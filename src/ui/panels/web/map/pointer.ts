import type { Stage } from './stage.ts';

/** Wheel, drag, click and double click on the map. */
export function followPointer(
  stage: Stage,
  on: {
    readonly open: (id: string) => void;
    readonly drill: (id: string) => void;
    readonly leave: () => void;
  },
): void {
  const { element } = stage;
  let drag: { readonly pointer: number; x: number; y: number; moved: boolean } | undefined;
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const bounds = element.getBoundingClientRect();
      const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
      // A touchpad's pinch comes as a wheel with Ctrl, in smaller steps.
      const speed = event.ctrlKey ? 0.01 : 0.0016;
      stage.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 30 : 1) * speed), at);
    },
    { passive: false },
  );
  element.addEventListener('pointerdown', (event) => {
    if (event.button > 1) return;
    drag = { pointer: event.pointerId, x: event.clientX, y: event.clientY, moved: false };
  });
  element.addEventListener('pointermove', (event) => {
    if (drag?.pointer !== event.pointerId) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) < 4) return;
    if (!drag.moved) {
      drag.moved = true;
      element.setPointerCapture(event.pointerId);
      element.classList.add('dragging');
    }
    stage.pan(dx, dy);
    drag.x = event.clientX;
    drag.y = event.clientY;
  });
  const end = (): void => {
    element.classList.remove('dragging');
    // The click that ends a drag comes after this.
    setTimeout(() => (drag = undefined), 0);
  };
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  element.addEventListener('click', (event) => {
    if (drag?.moved === true) return;
    const id = nodeAt(event);
    if (id === undefined) on.leave();
    else on.open(id);
  });
  element.addEventListener('dblclick', (event) => {
    const id = nodeAt(event);
    if (id !== undefined) on.drill(id);
  });
}

/** The id of the node an event is about. */
export function nodeAt({ target }: Event): string | undefined {
  const node = target instanceof Element ? target.closest<SVGGElement>('[data-node]') : null;
  return node?.dataset.node;
}
