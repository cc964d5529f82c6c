/** Why an answer is what it is: one statement with the object and the path in it that decided. */
export interface Reason {
  readonly effect: 'allows' | 'denies' | 'depends';
  /** A stable kebab-case id. */
  readonly code: string;
  readonly text: string;
  /** `networkpolicy/NS/NAME`, `svc/NS/NAME`, `pod/NS/NAME`. */
  readonly object?: string;
  /** Where in the object, such as `spec.ingress[0].from[1]`. */
  readonly path?: string;
  /** For a denial by policy: the smallest rule that would allow it. */
  readonly yaml?: string;
}

/** Whether traffic gets through, by the objects alone. */
export interface Answer {
  readonly allowed: true | false | 'depends';
  readonly because: readonly Reason[];
}

/** An answer from reasons: one denial denies, one dependence makes it depend. */
export function answerOf(because: readonly Reason[]): Answer {
  const effects = new Set(because.map(({ effect }) => effect));
  return { allowed: effects.has('denies') ? false : effects.has('depends') ? 'depends' : true, because };
}
