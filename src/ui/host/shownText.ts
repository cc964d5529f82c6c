import { oneLine } from '../../base/hostileText.ts';

/*
 * VS Code gives some characters a meaning in places that look like plain text. These functions take it away
 * from text that came from a cluster.
 */

/** For quick picks and the status bar, where `$(name)` would become an icon. */
export function iconless(text: string, limit?: number): string {
  return oneLine(text, limit).replaceAll('$(', '\\$(');
}

/** For notifications, where `[text](target)` would become a link. */
export function linkless(text: string, limit = 600): string {
  return oneLine(text, limit).replaceAll('](', '] (');
}
