import type { Environment } from '../../../../src/cluster/environment.ts';
import type { ResolvedContext, UserEntry } from '../../../../src/cluster/kubeconfig/types.ts';
import { ClusterClient } from '../../../../src/cluster/transport/client.ts';

/** The machine of a test: time is real, jitter is small, so that retries are quick. */
export function testEnvironment(overrides: Partial<Environment> = {}): Environment {
  return { env: {}, homedir: '/nowhere', now: Date.now, random: () => 0.01, ...overrides };
}

export function resolvedContext(
  server: string,
  overrides: { cluster?: Partial<ResolvedContext['cluster']['cluster']>; user?: Partial<UserEntry> } = {},
): ResolvedContext {
  const user: UserEntry = {
    user: { name: 'me' },
    tokenFile: undefined,
    exec: undefined,
    impersonate: undefined,
    ...overrides.user,
  };
  return {
    context: {
      name: 'test',
      cluster: 'test',
      server,
      user: 'me',
      namespace: 'default',
      file: '/test/config',
    },
    cluster: {
      cluster: { name: 'test', server, skipTLSVerify: false, ...overrides.cluster },
      disableCompression: false,
      execConfig: undefined,
    },
    user,
  };
}

export function testClient(
  resolved: ResolvedContext,
  environment: Environment = testEnvironment(),
): ClusterClient {
  return new ClusterClient(resolved.context, () => Promise.resolve(resolved), environment);
}
