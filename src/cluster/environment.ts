import os from 'node:os';
import type { ProxySettings } from './transport/noProxy.ts';

/** What the cluster code takes from the machine. Tests pass another. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that holds `.kube/config`. */
  readonly homedir: string;
  /** The proxy to use where kubeconfig and `env` name none; asked at each sign-in. */
  readonly proxySettings?: () => ProxySettings | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}

/** The process's own environment. */
export function processEnvironment(): Environment {
  return { env: process.env, homedir: os.homedir(), now: Date.now, random: Math.random };
}
