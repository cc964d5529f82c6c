/** How a page was left, as it kept it; of an older version, whatever still fits. */
export function readKept(kept: unknown): {
  readonly list: boolean;
  readonly legend: boolean;
  readonly placement: boolean;
} {
  const fields: Readonly<Record<string, unknown>> =
    typeof kept === 'object' && kept !== null ? { ...kept } : {};
  return {
    list: fields.list === true,
    // Whoever sees a map for the first time wants to know what the lines mean.
    legend: fields.legend !== false,
    placement: fields.placement === true,
  };
}
