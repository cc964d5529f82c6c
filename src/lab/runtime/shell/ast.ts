import type { CommandNode, SimpleCommandNode, WordNode } from 'just-bash';

/** Names for just-bash's syntax tree; the package exports only some of its node types. */

export type {
  CommandNode,
  PipelineNode,
  ScriptNode,
  SimpleCommandNode,
  StatementNode,
  WordNode,
} from 'just-bash';

export type WordPart = WordNode['parts'][number];
export type ParameterPart = Extract<WordPart, { type: 'ParameterExpansion' }>;
export type ParameterOperation = NonNullable<ParameterPart['operation']>;
export type BracePart = Extract<WordPart, { type: 'BraceExpansion' }>;
export type RedirectionNode = SimpleCommandNode['redirections'][number];
export type AssignmentNode = SimpleCommandNode['assignments'][number];
export type FunctionNode = Extract<CommandNode, { type: 'FunctionDef' }>;
export type CompoundNode = Exclude<CommandNode, SimpleCommandNode | FunctionNode>;
export type ForNode = Extract<CommandNode, { type: 'For' }>;
export type CStyleForNode = Extract<CommandNode, { type: 'CStyleFor' }>;
export type CaseNode = Extract<CommandNode, { type: 'Case' }>;
export type ConditionalNode = Extract<CommandNode, { type: 'ConditionalCommand' }>['expression'];
export type ArithmeticNode = Extract<CommandNode, { type: 'ArithmeticCommand' }>['expression'];
export type ArithmeticExpression = ArithmeticNode['expression'];
