/*
 * Quantities: `500m`, `1Gi`, `2e3` (apimachinery/pkg/api/resource). Compared as fractions of big integers, so
 * that nothing is lost to rounding.
 */

const pattern = /^([-+]?)(\d+(?:\.\d*)?|\.\d+)(?:([KMGTPE]i)|([numkMGTPE])|[eE]([-+]?\d+))?$/;
const powers: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** A quantity in billionths, the server's smallest unit (it rounds up); undefined when the text is none. */
export function parseQuantity(text: string): bigint | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, sign, number = '', two, ten, exponent] = match;
  const [whole = '', fraction = ''] = number.split('.');
  let value = BigInt(`${whole}${fraction}` === '' ? '0' : `${whole}${fraction}`);
  let power = 9 - fraction.length;
  if (ten !== undefined) power += powers[ten] ?? 0;
  if (exponent !== undefined) power += Math.max(-100, Math.min(100, Number(exponent)));
  if (two !== undefined) value *= 1024n ** BigInt(binary.indexOf(two) + 1);
  if (power >= 0) value *= 10n ** BigInt(power);
  else {
    const divisor = 10n ** BigInt(-power);
    value = (value + divisor - 1n) / divisor;
  }
  return sign === '-' ? -value : value;
}

const mistaken = /^([-+]?\d+(?:\.\d+)?)\s*([kmgtpe])(i?)b?$/i;

/** The quantity that was probably meant: `1GB` → `1G`, `512mb` → `512M`, `1gi` → `1Gi`, `100 Mi` → `100Mi`. */
export function nearestQuantity(text: string): string | undefined {
  const match = mistaken.exec(text.trim());
  if (!match) return undefined;
  const [, number = '', unit = '', two = ''] = match;
  const letter = unit.toUpperCase() === 'K' && two === '' ? 'k' : unit.toUpperCase();
  const quantity = `${number}${letter}${two === '' ? '' : 'i'}`;
  return parseQuantity(quantity) === undefined ? undefined : quantity;
}
