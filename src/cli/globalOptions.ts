import type { NamespaceScope } from '../model/connection.ts';
import { wrongUse } from './tell.ts';

/** Options of every verb that talks to a cluster, for node:util's parseArgs. */
export const clusterOptions = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  output: { type: 'string', short: 'o' },
  timeout: { type: 'string' },
} as const;

/** Options of verbs that read some namespaces or all. */
export const scopeOptions = {
  namespace: { type: 'string', short: 'n', multiple: true },
  'all-namespaces': { type: 'boolean', short: 'A' },
} as const;

/** All that may stand before the verb. */
export const globalOptions = { ...clusterOptions, ...scopeOptions } as const;

export const globalUsage = `  --kubeconfig FILE     read this kubeconfig instead of $KUBECONFIG or ~/.kube/config
  --context NAME        use this context instead of the current one
  -o text|json          how to print; default text
  --timeout SECONDS     give up reading the cluster after this time; default 30`;

export interface ClusterOptions {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly output: 'text' | 'json';
  readonly timeoutMs: number;
}

interface ClusterValues {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly output?: string | undefined;
  readonly timeout?: string | undefined;
}

interface ScopeValues {
  readonly namespace?: readonly string[] | undefined;
  readonly 'all-namespaces'?: boolean | undefined;
}

/** @throws ExplainedError that names the option and what it takes. */
export function readClusterOptions(verb: string, values: ClusterValues): ClusterOptions {
  const { kubeconfig, context, output = 'text', timeout } = values;
  if (output !== 'text' && output !== 'json') {
    throw wrongUse(verb, `-o takes text or json, not "${output}".`);
  }
  return { kubeconfig, context, output, timeoutMs: seconds(verb, '--timeout', timeout, 30) * 1_000 };
}

/**
 * The namespaces asked for; undefined where none was: the context's own is then meant.
 * @throws ExplainedError
 */
export function readScope(verb: string, values: ScopeValues): NamespaceScope | undefined {
  const namespaces = (values.namespace ?? [])
    .flatMap((word) => word.split(','))
    .filter((name) => name !== '');
  if (values['all-namespaces']) {
    if (namespaces.length > 0) throw wrongUse(verb, '-A and -n exclude each other.');
    return { is: 'all' };
  }
  const wrong = namespaces.find((name) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name));
  if (wrong !== undefined) throw wrongUse(verb, `"${wrong}" cannot be a namespace's name.`);
  return namespaces.length === 0 ? undefined : { is: 'only', namespaces: [...new Set(namespaces)] };
}

/** A whole number of seconds from 1 to a day. @throws ExplainedError */
export function seconds(verb: string, option: string, word: string | undefined, otherwise: number): number {
  if (word === undefined) return otherwise;
  const value = Number(/^(\d+)s?$/.exec(word)?.[1] ?? Number.NaN);
  if (value >= 1 && value <= 86_400) return value;
  throw wrongUse(verb, `${option} takes whole seconds from 1 on, not "${word}".`);
}
