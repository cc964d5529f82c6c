import { ExplainedError, messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';

interface Explanation {
  readonly code: string;
  readonly message: (server: string) => string;
  readonly remedy: () => string;
}

const untrusted: Explanation = {
  code: 'certificate-untrusted',
  message: (server) =>
    t(
      'The cluster at {0} cannot be reached: its certificate is not signed by an authority that the kubeconfig trusts.',
      server,
    ),
  remedy: () =>
    t(
      'Put the cluster\'s certificate authority into the kubeconfig ("certificate-authority-data"), or fetch the kubeconfig again.',
    ),
};
const expired: Explanation = {
  code: 'certificate-expired',
  message: (server) =>
    t('The cluster at {0} cannot be reached: its certificate is outside its period of validity.', server),
  remedy: () =>
    t("Check this machine's clock; else renew the API server's certificate (kubeadm certs renew)."),
};
const unreachable: Explanation = {
  code: 'host-unreachable',
  message: (server) => t('The cluster at {0} cannot be reached: there is no way to this host.', server),
  remedy: () => t('Check the network, the VPN and, if one is used, the proxy.'),
};
const reset: Explanation = {
  code: 'connection-reset',
  message: (server) =>
    t('The cluster at {0} cannot be reached: the connection was closed in the middle.', server),
  remedy: () => t('The server, or something on the way to it, ended it; try again.'),
};
const timeout: Explanation = {
  code: 'connection-timeout',
  message: (server) => t('The cluster at {0} cannot be reached: no answer came in time.', server),
  remedy: () => t('Check the VPN and firewalls between here and the server.'),
};
const notTls: Explanation = {
  code: 'tls-failed',
  message: (server) => t('The cluster at {0} cannot be reached: it does not speak TLS here.', server),
  remedy: () => t('Check scheme and port of "server:" in the kubeconfig.'),
};
const clientCertificate: Explanation = {
  code: 'client-certificate-refused',
  message: (server) =>
    t('The cluster at {0} cannot be reached: it refused the client certificate of the kubeconfig.', server),
  remedy: () => t('Fetch the kubeconfig again: the certificate may have expired.'),
};

/** Node's and OpenSSL's codes, in plain words. */
const byCode: ReadonlyMap<string, Explanation> = new Map<string, Explanation>([
  [
    'ECONNREFUSED',
    {
      code: 'connection-refused',
      message: (server) =>
        t('The cluster at {0} cannot be reached: nothing listens there: the connection was refused.', server),
      remedy: () => t('Start the cluster, or correct "server:" in the kubeconfig.'),
    },
  ],
  [
    'ENOTFOUND',
    {
      code: 'host-not-found',
      message: (server) => t('The cluster at {0} cannot be reached: there is no host of this name.', server),
      remedy: () =>
        t('Check "server:" in the kubeconfig, and whether the VPN that knows the name is connected.'),
    },
  ],
  [
    'EAI_AGAIN',
    {
      code: 'host-not-found',
      message: (server) =>
        t('The cluster at {0} cannot be reached: the name server gave no answer for this host.', server),
      remedy: () => t('Check the network and the VPN.'),
    },
  ],
  ['EHOSTUNREACH', unreachable],
  ['ENETUNREACH', unreachable],
  ['EADDRNOTAVAIL', unreachable],
  ['ETIMEDOUT', timeout],
  ['ECONNRESET', reset],
  ['EPIPE', reset],
  ['ECONNABORTED', reset],
  ['EPROTO', notTls],
  ['ERR_SSL_WRONG_VERSION_NUMBER', notTls],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', notTls],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
  ['CERT_SIGNATURE_FAILURE', untrusted],
  ['CERT_UNTRUSTED', untrusted],
  ['CERT_HAS_EXPIRED', expired],
  ['CERT_NOT_YET_VALID', expired],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    {
      code: 'certificate-hostname',
      message: (server) =>
        t('The cluster at {0} cannot be reached: its certificate is for another host name.', server),
      remedy: () =>
        t('Use a name the certificate has in "server:", or set "tls-server-name" in the kubeconfig.'),
    },
  ],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', clientCertificate],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', clientCertificate],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', clientCertificate],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', clientCertificate],
]);

/** Puts a failure between here and the server into words. What is explained already stays as it is. */
export function explainNetworkError(error: unknown, server: string): ExplainedError {
  if (error instanceof ExplainedError) return error;
  const at = oneLine(server, 200);
  const explanation = byCode.get(codeOf(error));
  if (explanation !== undefined) {
    const { code, message, remedy } = explanation;
    return new ExplainedError(code, message(at), { remedy: remedy(), cause: error });
  }
  if (codeOf(error).startsWith('HPE_')) {
    return new ExplainedError(
      'not-http',
      t('The cluster at {0} cannot be reached: what answers there does not speak HTTP.', at),
      { remedy: notTls.remedy(), cause: error },
    );
  }
  return new ExplainedError(
    'network-failed',
    t('The cluster at {0} cannot be reached: {1}', at, oneLine(messageOf(error))),
    { remedy: t('Check the network and "server:" in the kubeconfig.'), cause: error },
  );
}

/** An error of our own for what took too long: a whole answer, or the next part of one. */
export function timedOut(server: string, missing: 'answer' | 'rest', ms: number): ExplainedError {
  const at = oneLine(server, 200);
  const seconds = Math.round(ms / 1000);
  const message =
    missing === 'answer'
      ? t('The cluster at {0}: no answer came within {1} s.', at, seconds)
      : t('The cluster at {0}: nothing more came within {1} s.', at, seconds);
  return new ExplainedError(timeout.code, message, { remedy: timeout.remedy() });
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    const [first] = error.errors as unknown[];
    return codeOf(first);
  }
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
