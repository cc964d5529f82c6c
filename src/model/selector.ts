import type { Labels } from './objects.ts';

/**
 * Whether an equality selector, such as a Service's, selects something with these labels. An empty selector
 * selects everything here; a Service without selector has none at all (see Service.selector).
 */
export function selects(selector: Labels, labels: Labels): boolean {
  for (const key in selector) {
    if (!Object.hasOwn(labels, key) || labels[key] !== selector[key]) return false;
  }
  return true;
}
