import type { ScriptNode } from './ast.ts';

export interface SyntaxError {
  readonly message: string;
  readonly line: number;
  /** Whether more input could complete the text. */
  readonly incomplete: boolean;
}

export interface Parsed {
  readonly script: ScriptNode;
  readonly error: SyntaxError | undefined;
}

const nothing: ScriptNode = { type: 'Script', statements: [] };

/** just-bash's parser, loaded when the first shell starts. */
export async function parseScript(source: string): Promise<Parsed> {
  const { parse } = await import('just-bash');
  try {
    const script = parse(source);
    const open = unfinished(source, script);
    return { script, error: open };
  } catch (error) {
    if (!(error instanceof Error) || !/^(ParseException|LexerError)$/.test(error.name)) throw error;
    return { script: nothing, error: describe(error, source) };
  }
}

/** The parser accepts what ends in an operator, a backslash or an open here-document. */
function unfinished(source: string, script: ScriptNode): SyntaxError | undefined {
  const line = source.split('\n').length;
  const text = source.replace(/\n+$/, '');
  const dangling = /(?:\||&&|(?:^|[^\\])(?:\\\\)*\\)$/.test(text) && !/(^|\s)#[^\n]*$/.test(text);
  if (dangling) return { message: 'syntax error: unexpected end of file', line, incomplete: true };
  return text.includes('<<') && hereDocumentOpen(script)
    ? { message: '', line, incomplete: true }
    : undefined;
}

function hereDocumentOpen(script: ScriptNode): boolean {
  return JSON.stringify(script).includes('"terminated":false');
}

function describe(error: Error, source: string): SyntaxError {
  const line = 'line' in error && typeof error.line === 'number' ? Math.max(1, error.line) : 1;
  const plain = error.message.replace(/^(Parse error at \d+:\d+|line \d+): /, '');
  const expected = /^Expected (\w+), got (.*)$/.exec(plain);
  const atEnd = expected?.[2] === 'EOF' || /unexpected EOF|unexpected end of file|Unterminated/i.test(plain);
  // An empty body at the end of the text is reported as if its end had come too early.
  const emptyBody =
    /near unexpected token `(done|fi|then|else|esac|\)|\})'/.test(plain) &&
    !('token' in error && tokenText(error.token) !== '');
  // Quotes left open are reported where they begin, all else that is missing behind the last line.
  if ((expected && atEnd) || emptyBody) {
    const lines = source.replace(/\n$/, '').split('\n').length;
    return { message: 'syntax error: unexpected end of file', line: lines + 1, incomplete: true };
  }
  const message = expected ? `syntax error near unexpected token \`${expected[2] ?? ''}'` : plain;
  return { message, line, incomplete: atEnd };
}

function tokenText(token: unknown): string {
  if (typeof token !== 'object' || token === null) return '';
  return 'value' in token && typeof token.value === 'string' ? token.value : '';
}
