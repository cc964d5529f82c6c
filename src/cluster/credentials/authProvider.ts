import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { record, text } from '../../model/json.ts';
import type { ResolvedContext } from '../kubeconfig/types.ts';

/** The old way of signing in, of which Kubernetes 1.26 left `oidc` only. */
export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly idToken: string;
  readonly refreshToken: string;
  /** PEM, or a file that holds it; '' for the system's authorities. */
  readonly caFile: string;
  readonly caData: string;
}

/** What took the place of the providers that were removed (the deprecation notices of Kubernetes 1.26). */
const successors: Readonly<Record<string, string>> = {
  gcp: 'Install gke-gcloud-auth-plugin and run "gcloud container clusters get-credentials" again.',
  azure: 'Install kubelogin and run "kubelogin convert-kubeconfig".',
  openstack: 'Use the client-keystone-auth credential plugin instead.',
};

/**
 * Reads a user's `auth-provider`; undefined where there is none.
 * @throws ExplainedError `auth-provider-removed`: the programs it would run are not run.
 */
export function readAuthProvider({ context, user }: ResolvedContext): OidcProvider | undefined {
  const provider = record(user?.user.authProvider);
  const name = text(provider.name);
  if (name === '') return undefined;
  const config = record(provider.config);
  if (name !== 'oidc') {
    throw new ExplainedError(
      'auth-provider-removed',
      `${context.file}: the user "${oneLine(context.user, 80)}" signs in with the auth-provider "${oneLine(name, 80)}", which kubectl has not known since 1.26.`,
      { remedy: successors[name] ?? 'Use a credential plugin ("exec:") instead.' },
    );
  }
  return {
    issuer: text(config['idp-issuer-url']),
    clientId: text(config['client-id']),
    clientSecret: text(config['client-secret']),
    idToken: text(config['id-token']),
    refreshToken: text(config['refresh-token']),
    caFile: text(config['idp-certificate-authority']),
    caData: text(config['idp-certificate-authority-data']),
  };
}
