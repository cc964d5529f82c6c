/** What a tree item stands for, as far as commands care. Menus hand the item over, so it is checked when read. */
export type Subject =
  | { readonly is: 'pod'; readonly namespace: string; readonly name: string }
  | {
      readonly is: 'container';
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
    }
  | { readonly is: 'service'; readonly namespace: string; readonly name: string }
  /** Any other object of the cluster. `namespace` is '' for cluster-scoped kinds. */
  | {
      readonly is: 'object';
      readonly apiVersion: string;
      readonly kind: string;
      readonly namespace: string;
      readonly name: string;
    }
  | { readonly is: 'address'; readonly address: string }
  | { readonly is: 'check'; readonly id: string };

/** The subject of what a menu or another caller passed, undefined where it has none. */
export function subjectOf(argument: unknown): Subject | undefined {
  if (typeof argument !== 'object' || argument === null || !('subject' in argument)) return undefined;
  const { subject } = argument;
  return typeof subject === 'object' && subject !== null && 'is' in subject
    ? (subject as Subject)
    : undefined;
}
