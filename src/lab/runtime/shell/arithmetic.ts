import type { ArithmeticExpression } from './ast.ts';
import { ShellError } from './flow.ts';

/** What arithmetic needs of its shell. */
export interface ArithmeticContext {
  read(name: string): Promise<string>;
  readElement(array: string, key: string): Promise<string>;
  assign(name: string, key: string | undefined, value: string): Promise<void>;
  /** Expands text with `$`, as in `${x}` and `$(…)`. */
  expandText(text: string): Promise<string>;
  parse(text: string): Promise<ArithmeticExpression>;
}

const deepest = 64;

/** Evaluates `$((…))`; numbers are integers. @throws ShellError */
export async function evaluate(
  node: ArithmeticExpression,
  context: ArithmeticContext,
  depth = 0,
): Promise<number> {
  if (depth > deepest) throw new ShellError('expression recursion level exceeded', { fatal: true });
  const run = (inner: ArithmeticExpression): Promise<number> => evaluate(inner, context, depth + 1);
  const text = async (value: string): Promise<number> => numberOf(value, context, depth);
  switch (node.type) {
    case 'ArithNumber':
    case 'ArithSingleQuote':
      return node.value;
    case 'ArithVariable':
      return text(await context.read(node.name));
    case 'ArithSpecialVar':
      return text(await context.expandText(`$${node.name}`));
    case 'ArithGroup':
    case 'ArithNested':
      return run(node.expression);
    case 'ArithCommandSubst':
      return text(await context.expandText(`$(${node.command})`));
    case 'ArithBracedExpansion':
      return text(await context.expandText(`\${${node.content}}`));
    case 'ArithArrayElement': {
      const key = node.stringKey ?? String(node.index ? await run(node.index) : 0);
      return text(await context.readElement(node.array, key));
    }
    case 'ArithTernary':
      return (await run(node.condition)) !== 0 ? run(node.consequent) : run(node.alternate);
    case 'ArithUnary':
      return unary(node, context, run);
    case 'ArithBinary':
      return binary(node, run);
    case 'ArithAssignment': {
      const key = node.stringKey ?? (node.subscript ? String(await run(node.subscript)) : undefined);
      const before = async (): Promise<number> =>
        text(
          key === undefined
            ? await context.read(node.variable)
            : await context.readElement(node.variable, key),
        );
      const value = await run(node.value);
      const operator = node.operator.slice(0, -1);
      const result = operator === '' ? value : combine(operator, await before(), value);
      await context.assign(node.variable, key, String(result));
      return result;
    }
    case 'ArithConcat': {
      let digits = '';
      for (const part of node.parts)
        digits += part.type === 'ArithVariable' ? await context.read(part.name) : String(await run(part));
      return text(digits);
    }
    case 'ArithDynamicBase':
      return text(`${await context.expandText(node.baseExpr)}#${node.value}`);
    case 'ArithDynamicNumber':
      return text(`${await context.expandText(node.prefix)}${node.suffix}`);
    case 'ArithSyntaxError':
      throw new ShellError(`${node.errorToken}: ${node.message}`, { fatal: true });
    case 'ArithDynamicAssignment':
    case 'ArithDynamicElement':
    case 'ArithDoubleSubscript':
    case 'ArithNumberSubscript':
      throw new ShellError('syntax error in expression', { fatal: true });
  }
}

async function unary(
  node: Extract<ArithmeticExpression, { type: 'ArithUnary' }>,
  context: ArithmeticContext,
  run: (inner: ArithmeticExpression) => Promise<number>,
): Promise<number> {
  const value = await run(node.operand);
  switch (node.operator) {
    case '-':
      return -value;
    case '+':
      return value;
    case '!':
      return value === 0 ? 1 : 0;
    case '~':
      return ~value;
    case '++':
    case '--': {
      const changed = node.operator === '++' ? value + 1 : value - 1;
      if (node.operand.type === 'ArithVariable')
        await context.assign(node.operand.name, undefined, String(changed));
      else if (node.operand.type === 'ArithArrayElement') {
        const { operand } = node;
        const key = operand.stringKey ?? String(operand.index ? await run(operand.index) : 0);
        await context.assign(operand.array, key, String(changed));
      }
      return node.prefix ? changed : value;
    }
  }
}

async function binary(
  node: Extract<ArithmeticExpression, { type: 'ArithBinary' }>,
  run: (inner: ArithmeticExpression) => Promise<number>,
): Promise<number> {
  const left = await run(node.left);
  if (node.operator === '&&') return left !== 0 && (await run(node.right)) !== 0 ? 1 : 0;
  if (node.operator === '||') return left !== 0 || (await run(node.right)) !== 0 ? 1 : 0;
  return combine(node.operator, left, await run(node.right));
}

function combine(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
    case '%':
      if (b === 0)
        throw new ShellError(`${a}${operator}${b}: division by 0 (error token is "${b}")`, { fatal: true });
      return operator === '/' ? Math.trunc(a / b) : a % b;
    case '**':
      return a ** b;
    case '<<':
      return Number(BigInt.asIntN(64, BigInt(a) << BigInt(b)));
    case '>>':
      return Number(BigInt.asIntN(64, BigInt(a) >> BigInt(b)));
    case '&':
      return Number(BigInt(a) & BigInt(b));
    case '|':
      return Number(BigInt(a) | BigInt(b));
    case '^':
      return Number(BigInt(a) ^ BigInt(b));
    case '<':
      return a < b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '>':
      return a > b ? 1 : 0;
    case '>=':
      return a >= b ? 1 : 0;
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a !== b ? 1 : 0;
    default:
      return b;
  }
}

/** A number in the shell's notations, or the value of the expression that a variable holds. */
async function numberOf(text: string, context: ArithmeticContext, depth: number): Promise<number> {
  const plain = text.trim();
  if (plain === '') return 0;
  if (/^[-+]?(0|[1-9]\d*)$/.test(plain)) return Number(plain);
  if (/^0[0-7]+$/.test(plain)) return parseInt(plain, 8);
  if (/^0x[0-9a-f]+$/i.test(plain)) return Number(plain);
  const based = /^(\d+)#([0-9a-z]+)$/i.exec(plain);
  if (based) return parseInt(based[2] ?? '', Number(based[1]));
  return evaluate(await context.parse(plain), context, depth + 1);
}
