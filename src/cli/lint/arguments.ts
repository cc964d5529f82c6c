import { parseArgs } from 'node:util';
import { ExplainedError } from '../../base/errors.ts';
import {
  rules,
  textProblems,
  type ClusterTraits,
  type LintOptions,
  type Severity,
} from '../../rules/index.ts';

export type OutputForm = 'text' | 'json' | 'sarif';

/** What the words behind `podnet lint` or `podnet fix` ask for. */
export interface LintArguments {
  readonly paths: readonly string[];
  readonly output: OutputForm;
  readonly complete: boolean;
  readonly help: boolean;
  readonly options: LintOptions;
  /** The config file that is named; undefined: the nearest; false: none. */
  readonly config: string | undefined | false;
}

const forms: readonly string[] = ['text', 'json', 'sarif'];

/** Reads the arguments. @throws {ExplainedError} that says which word is wrong. */
export function readLintArguments(args: readonly string[]): LintArguments {
  const { values, positionals } = parse(args);
  const output = values.output ?? 'text';
  if (!forms.includes(output)) throw wrong(`-o cannot be "${output}".`, `It takes ${forms.join(', ')}.`);
  return {
    paths: positionals,
    output: output as OutputForm,
    complete: values.complete ?? false,
    help: values.help ?? false,
    config: values['no-config'] === true ? false : values.config,
    options: { rules: ruleSettings(values.off ?? [], values.on ?? []), cluster: cluster(values) },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        complete: { type: 'boolean' },
        off: { type: 'string', multiple: true },
        on: { type: 'string', multiple: true },
        kubernetes: { type: 'string' },
        'node-ports': { type: 'string' },
        config: { type: 'string' },
        'no-config': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrong(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function ruleSettings(off: readonly string[], on: readonly string[]): Record<string, 'off' | Severity> {
  const known = new Map([...rules, ...textProblems].map((rule) => [rule.code, rule]));
  const settings: Record<string, 'off' | Severity> = {};
  const all = rules.filter((rule) => rule.opinion === true).map((rule) => rule.code);
  for (const code of on
    .flatMap((words) => words.split(','))
    .flatMap((word) => (word === 'opinions' ? all : [word]))) {
    settings[code] = find(known, code).severity;
  }
  for (const code of off.flatMap((words) => words.split(','))) {
    find(known, code);
    settings[code] = 'off';
  }
  return settings;
}

function find<T>(known: ReadonlyMap<string, T>, code: string): T {
  const rule = known.get(code);
  if (rule === undefined)
    throw wrong(`There is no rule "${code}".`, 'The rules are listed in docs/rules/README.md.');
  return rule;
}

function cluster(values: { kubernetes?: string; 'node-ports'?: string }): ClusterTraits {
  const minor = values.kubernetes === undefined ? undefined : /^v?1\.(\d+)/.exec(values.kubernetes)?.[1];
  if (values.kubernetes !== undefined && minor === undefined)
    throw wrong(`--kubernetes cannot be "${values.kubernetes}".`, 'Write a version such as 1.36.');
  const range = values['node-ports'] === undefined ? undefined : /^(\d+)-(\d+)$/.exec(values['node-ports']);
  if (range === null)
    throw wrong(
      `--node-ports cannot be "${values['node-ports'] ?? ''}".`,
      'Write a range such as 30000-32767.',
    );
  return {
    ...(minor !== undefined && { minorVersion: Number(minor) }),
    ...(range && { nodePorts: { first: Number(range[1]), last: Number(range[2]) } }),
  };
}

function wrong(message: string, remedy?: string): ExplainedError {
  return new ExplainedError('bad-arguments', message, remedy === undefined ? {} : { remedy });
}
