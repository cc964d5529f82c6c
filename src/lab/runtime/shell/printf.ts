export interface Printed {
  readonly text: string;
  readonly errors: readonly string[];
}

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  E: '\u001b',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** Interprets backslash sequences; `\c` stops the output. `leadingZero`: octal is written `\0nnn`, as for echo. */
export function unescape(text: string, leadingZero = false): { text: string; stopped: boolean } {
  let stopped = false;
  const octal = leadingZero ? '0[0-7]{0,3}' : '0?[0-7]{1,3}';
  const expression = new RegExp(`\\\\(?:(${octal})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([^]))`, 'g');
  const replaced = text.replace(
    expression,
    (all: string, oct?: string, hex?: string, unicode?: string, char?: string) => {
      if (stopped) return '';
      if (oct !== undefined) return String.fromCharCode(parseInt(oct, 8) % 256);
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (unicode !== undefined) return String.fromCharCode(parseInt(unicode, 16));
      if (char === 'c') {
        stopped = true;
        return '\u0000stop';
      }
      return simple[char ?? ''] ?? all;
    },
  );
  const end = replaced.indexOf('\u0000stop');
  return { text: end === -1 ? replaced : replaced.slice(0, end), stopped };
}

const directive = /%(?:%|([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:[hlqjzt]*)([diouxXeEfFgGcsbq]|\([^)]*\)T))/g;

/** Formats as `printf(1)`; the format is used again until all arguments are. */
export function formatPrintf(format: string, values: readonly string[]): Printed {
  const rest = [...values];
  const errors: string[] = [];
  let text = '';
  do {
    const before = rest.length;
    const once = formatOnce(format, rest, errors);
    text += once.text;
    if (once.stopped || rest.length === before) break;
  } while (rest.length > 0);
  return { text, errors };
}

function formatOnce(format: string, rest: string[], errors: string[]): { text: string; stopped: boolean } {
  let text = '';
  let at = 0;
  for (const match of format.matchAll(directive)) {
    const literal = unescape(format.slice(at, match.index));
    text += literal.text;
    if (literal.stopped) return { text, stopped: true };
    at = match.index + match[0].length;
    if (match[0] === '%%') {
      text += '%';
      continue;
    }
    const [, flags = '', width, precision, conversion = 's'] = match;
    const size = width === '*' ? Number(rest.shift() ?? 0) : Number(width ?? 0);
    const digits =
      precision === '*' ? Number(rest.shift() ?? 0) : precision === undefined ? undefined : Number(precision);
    const hasPrecision = match[0].includes('.') ? (digits ?? 0) : undefined;
    const argument = rest.shift();
    if (conversion === 'b') {
      const escaped = unescape(argument ?? '', true);
      text += pad(escaped.text, size, flags);
      if (escaped.stopped) return { text, stopped: true };
    } else text += pad(convert(conversion, argument, flags, hasPrecision, errors), size, flags, conversion);
  }
  const tail = unescape(format.slice(at));
  return { text: text + tail.text, stopped: tail.stopped };
}

function convert(
  conversion: string,
  argument: string | undefined,
  flags: string,
  precision: number | undefined,
  errors: string[],
): string {
  switch (conversion.charAt(0)) {
    case 's':
      return precision === undefined ? (argument ?? '') : (argument ?? '').slice(0, precision);
    case 'q':
      return argument === undefined || argument === '' ? "''" : argument.replace(/[^\w@%+=:,./-]/g, '\\$&');
    case 'c':
      return (argument ?? '').slice(0, 1);
    case '(':
      return new Date(
        (argument === undefined || argument === '-1' ? Date.now() / 1000 : Number(argument)) * 1000,
      )
        .toISOString()
        .replace(/\..*/, '');
  }
  const value = numberOf(argument, errors);
  const sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const size = Math.abs(value);
  switch (conversion) {
    case 'd':
    case 'i':
      return sign + String(Math.trunc(size)).padStart(precision ?? 0, '0');
    case 'u':
      return String(Math.trunc(value));
    case 'o':
      return (flags.includes('#') ? '0' : '') + Math.trunc(size).toString(8);
    case 'x':
      return (
        (flags.includes('#') ? '0x' : '') +
        Math.trunc(size)
          .toString(16)
          .padStart(precision ?? 0, '0')
      );
    case 'X':
      return (
        (flags.includes('#') ? '0X' : '') +
        Math.trunc(size)
          .toString(16)
          .toUpperCase()
          .padStart(precision ?? 0, '0')
      );
    case 'f':
    case 'F':
      return sign + size.toFixed(precision ?? 6);
    case 'e':
    case 'E':
      return sign + size.toExponential(precision ?? 6).replace(/e([-+])(\d)$/, 'e$10$2');
    default:
      return sign + String(Number(size.toPrecision(Math.max(1, precision ?? 6))));
  }
}

function numberOf(argument: string | undefined, errors: string[]): number {
  if (argument === undefined || argument === '') return 0;
  if (/^['"]/.test(argument)) return argument.codePointAt(1) ?? 0;
  if (/^[-+]?0[0-7]+$/.test(argument)) return parseInt(argument, 8);
  const value = Number(argument);
  if (!Number.isNaN(value)) return value;
  errors.push(`${argument}: invalid number`);
  const start = parseFloat(argument);
  return Number.isNaN(start) ? 0 : start;
}

function pad(text: string, size: number, flags: string, conversion = 's'): string {
  const width = Math.abs(size);
  if (flags.includes('-') || size < 0) return text.padEnd(width);
  if (!flags.includes('0') || /[sqcb]/.test(conversion)) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
