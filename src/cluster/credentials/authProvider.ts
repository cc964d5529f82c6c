import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
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
const successors: Readonly<Record<string, () => string>> = {
  gcp: () => t('Install gke-gcloud-auth-plugin and run "gcloud container clusters get-credentials" again.'),
  azure: () => t('Install kubelogin and run "kubelogin convert-kubeconfig".'),
  openstack: () => t('Use the client-keystone-auth credential plugin instead.'),
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
      t(
        '{0}: the user "{1}" signs in with the auth-provider "{2}", which kubectl has not known since 1.26.',
        context.file,
        oneLine(context.user, 80),
        oneLine(name, 80),
      ),
      { remedy: successors[name]?.() ?? t('Use a credential plugin ("exec:") instead.') },
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
