import type { CaseNode, CStyleForNode, ForNode, StatementNode } from './ast.ts';
import { Expander } from './expand.ts';
import { LoopFlow } from './flow.ts';
import { matchesPattern } from './pattern.ts';
import type { Shell } from './shell.ts';

interface Loop {
  condition(): Promise<boolean>;
  body(): Promise<number>;
  after?(): Promise<void>;
}

/** The loop that all loops are: condition, body, `break` and `continue`. */
export async function whileLoop(shell: Shell, loop: Loop): Promise<number> {
  let status = 0;
  shell.loops++;
  try {
    while (await inLoop(() => loop.condition())) {
      await shell.process.kernel.cpu.breathe();
      shell.throwIfInterrupted();
      try {
        status = await loop.body();
      } catch (error) {
        if (!(error instanceof LoopFlow)) throw error;
        if (error.levels > 1) throw new LoopFlow(error.kind, error.levels - 1);
        if (error.kind === 'break') return 0;
      }
      await loop.after?.();
    }
  } finally {
    shell.loops--;
  }
  return status;
}

/** `break` in a condition ends the loop as well. */
async function inLoop(condition: () => Promise<boolean>): Promise<boolean> {
  try {
    return await condition();
  } catch (error) {
    if (error instanceof LoopFlow && error.kind === 'break' && error.levels <= 1) return false;
    throw error;
  }
}

export async function forLoop(shell: Shell, node: ForNode, body: () => Promise<number>): Promise<number> {
  const values = node.words === null ? [...shell.positional] : await new Expander(shell).words(node.words);
  let index = 0;
  return whileLoop(shell, {
    condition: () => {
      const value = values[index++];
      if (value === undefined) return Promise.resolve(false);
      shell.set(node.variable, value);
      return Promise.resolve(true);
    },
    body,
  });
}

export async function countingLoop(
  shell: Shell,
  node: CStyleForNode,
  body: () => Promise<number>,
): Promise<number> {
  const expander = new Expander(shell);
  if (node.init) await expander.number(node.init);
  return whileLoop(shell, {
    condition: async () => node.condition === null || (await expander.number(node.condition)) !== 0,
    body,
    after: async () => {
      if (node.update) await expander.number(node.update);
    },
  });
}

export async function caseCommand(
  shell: Shell,
  node: CaseNode,
  run: (body: readonly StatementNode[]) => Promise<number>,
): Promise<number> {
  const expander = new Expander(shell);
  const word = await expander.text(node.word);
  let status = 0;
  let fallThrough = false;
  for (const item of node.items) {
    let matched = fallThrough;
    for (const pattern of matched ? [] : item.patterns) {
      matched ||= matchesPattern(word, await expander.pieces(pattern));
    }
    if (!matched) continue;
    status = await run(item.body);
    if (item.terminator === ';;') return status;
    fallThrough = item.terminator === ';&';
  }
  return status;
}
