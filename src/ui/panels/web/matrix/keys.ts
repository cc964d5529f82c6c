import type { Grid } from './grid.ts';

/** What keys do besides moving. */
export interface KeyActions {
  readonly failures: () => void;
  readonly search: () => void;
  readonly announce: (text: string) => void;
}

/** The keyboard of the grid, as the ARIA practices for grids have it, and F, N and / beside. */
export function onGridKey(event: KeyboardEvent, grid: Grid, actions: KeyActions): void {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const whole = ctrlKey || metaKey;
  if (altKey) return;
  const doIt = whole ? wholeAction(key, grid) : action(key, shiftKey, grid, actions);
  if (doIt === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  doIt();
}

function wholeAction(key: string, grid: Grid): (() => void) | undefined {
  if (key === 'Home') return () => grid.toEdge('first', true);
  return key === 'End' ? () => grid.toEdge('last', true) : undefined;
}

function action(
  key: string,
  backwards: boolean,
  grid: Grid,
  { failures, search, announce }: KeyActions,
): (() => void) | undefined {
  switch (key) {
    case 'ArrowUp':
      return () => grid.step(-1, 0);
    case 'ArrowDown':
      return () => grid.step(1, 0);
    case 'ArrowLeft':
      return () => grid.step(0, -1);
    case 'ArrowRight':
      return () => grid.step(0, 1);
    case 'PageUp':
      return () => grid.step(-grid.pageRows, 0);
    case 'PageDown':
      return () => grid.step(grid.pageRows, 0);
    case 'Home':
      return () => grid.toEdge('first', false);
    case 'End':
      return () => grid.toEdge('last', false);
    case 'Enter':
    case ' ':
      return () => grid.activate();
    case 'f':
    case 'F':
      return failures;
    case 'n':
    case 'N':
      return () => {
        if (!grid.toNextFailure(backwards)) announce('noMoreFailures');
      };
    case '/':
      return search;
    default:
      return undefined;
  }
}
