import type { ConditionalNode } from './ast.ts';
import { Expander } from './expand.ts';
import { ShellError } from './flow.ts';
import { escapeRegExp, matchesPattern } from './pattern.ts';
import type { Shell } from './shell.ts';
import { binaryTest, unaryTest } from './tests.ts';

/** `[[ … ]]`. */
export async function conditional(shell: Shell, node: ConditionalNode): Promise<boolean> {
  const expander = new Expander(shell);
  switch (node.type) {
    case 'CondAnd':
      return (await conditional(shell, node.left)) && conditional(shell, node.right);
    case 'CondOr':
      return (await conditional(shell, node.left)) || conditional(shell, node.right);
    case 'CondNot':
      return !(await conditional(shell, node.operand));
    case 'CondGroup':
      return conditional(shell, node.expression);
    case 'CondWord':
      return (await expander.text(node.word)) !== '';
    case 'CondUnary':
      return unaryTest(shell, node.operator, await expander.text(node.operand));
    case 'CondBinary':
      break;
  }
  const left = await expander.text(node.left);
  const operator: string = node.operator;
  switch (operator) {
    case '=':
    case '==':
      return matchesPattern(left, await expander.pieces(node.right));
    case '!=':
      return !matchesPattern(left, await expander.pieces(node.right));
    case '=~': {
      const pieces = await expander.pieces(node.right);
      const source = pieces.map(({ text, quoted }) => (quoted ? escapeRegExp(text) : text)).join('');
      return matchRegExp(shell, left, source);
    }
    default: {
      const right = await expander.text(node.right);
      if (!/^-(eq|ne|lt|le|gt|ge)$/.test(operator)) return binaryTest(shell, left, operator, right);
      // Inside [[ ]] numbers are expressions.
      const value = async (text: string): Promise<string> =>
        expander.expandText(`$((${text === '' ? '0' : text}))`);
      return binaryTest(shell, await value(left), operator, await value(right));
    }
  }
}

function matchRegExp(shell: Shell, text: string, source: string): boolean {
  const posix = source
    .replaceAll('[[:space:]]', '\\s')
    .replaceAll('[[:digit:]]', '\\d')
    .replaceAll('[[:alnum:]]', '[a-zA-Z0-9]')
    .replaceAll('[[:alpha:]]', '[a-zA-Z]');
  let expression: RegExp;
  try {
    expression = new RegExp(posix);
  } catch {
    throw new ShellError(`invalid regular expression \`${source}'`, { status: 2 });
  }
  const match = expression.exec(text);
  shell.variables.setArray(
    'BASH_REMATCH',
    match === null ? [] : [...match].map((group) => (group as string | undefined) ?? ''),
  );
  return match !== null;
}
