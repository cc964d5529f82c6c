// What the harness tells a suite that runs in the extension host: through environment variables, because the
// two are different processes.

export interface SuiteEnvironment {
  /** The checkout; its package.json is the extension's manifest. */
  checkout: string;
  /** The folder that is open: a copy of scripts/workspace, to be changed at will. */
  workspace: string;
  /** Kubeconfig of a practice lab that was started for this run; the setting podNetwork.kubeconfig names it. */
  kubeconfig: string | undefined;
  /** Only tests whose title contains this. */
  grep: string | undefined;
  /** Where the results go. */
  results: string;
}

const names: Record<keyof SuiteEnvironment, string> = {
  checkout: 'PODNET_TEST_CHECKOUT',
  workspace: 'PODNET_TEST_WORKSPACE',
  kubeconfig: 'PODNET_TEST_KUBECONFIG',
  grep: 'PODNET_TEST_GREP',
  results: 'PODNET_TEST_RESULTS',
};

/** The environment variables for a server whose extension host runs a suite. */
export function toVariables(environment: SuiteEnvironment): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [key, name] of Object.entries(names)) {
    const value = environment[key as keyof SuiteEnvironment];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the suite with npm run test:host.`);
  return value;
}

/** Where the running suite is. */
export function suiteEnvironment(): SuiteEnvironment {
  return {
    checkout: required(names.checkout),
    workspace: required(names.workspace),
    kubeconfig: process.env[names.kubeconfig],
    grep: process.env[names.grep],
    results: required(names.results),
  };
}
