import { ExplainedError, messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';

interface Explanation {
  readonly code: string;
  /** After "SERVER: ". */
  readonly message: string;
  readonly remedy: string;
}

const untrusted: Explanation = {
  code: 'certificate-untrusted',
  message: 'its certificate is not signed by an authority that the kubeconfig trusts',
  remedy:
    'Put the cluster\'s certificate authority into the kubeconfig ("certificate-authority-data"), or fetch the kubeconfig again.',
};
const expired: Explanation = {
  code: 'certificate-expired',
  message: 'its certificate is outside its period of validity',
  remedy: "Check this machine's clock; else renew the API server's certificate (kubeadm certs renew).",
};
const unreachable: Explanation = {
  code: 'host-unreachable',
  message: 'there is no way to this host',
  remedy: 'Check the network, the VPN and, if one is used, the proxy.',
};
const reset: Explanation = {
  code: 'connection-reset',
  message: 'the connection was closed in the middle',
  remedy: 'The server, or something on the way to it, ended it; try again.',
};
const timeout: Explanation = {
  code: 'connection-timeout',
  message: 'no answer came in time',
  remedy: 'Check the VPN and firewalls between here and the server.',
};
const notTls: Explanation = {
  code: 'tls-failed',
  message: 'it does not speak TLS here',
  remedy: 'Check scheme and port of "server:" in the kubeconfig.',
};
const clientCertificate: Explanation = {
  code: 'client-certificate-refused',
  message: 'it refused the client certificate of the kubeconfig',
  remedy: 'Fetch the kubeconfig again: the certificate may have expired.',
};

/** Node's and OpenSSL's codes, in plain words. */
const byCode: ReadonlyMap<string, Explanation> = new Map<string, Explanation>([
  [
    'ECONNREFUSED',
    {
      code: 'connection-refused',
      message: 'nothing listens there: the connection was refused',
      remedy: 'Start the cluster, or correct "server:" in the kubeconfig.',
    },
  ],
  [
    'ENOTFOUND',
    {
      code: 'host-not-found',
      message: 'there is no host of this name',
      remedy: 'Check "server:" in the kubeconfig, and whether the VPN that knows the name is connected.',
    },
  ],
  [
    'EAI_AGAIN',
    {
      code: 'host-not-found',
      message: 'the name server gave no answer for this host',
      remedy: 'Check the network and the VPN.',
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
      message: 'its certificate is for another host name',
      remedy: 'Use a name the certificate has in "server:", or set "tls-server-name" in the kubeconfig.',
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
  const at = `The cluster at ${oneLine(server, 200)} cannot be reached`;
  const explanation = byCode.get(codeOf(error));
  if (explanation !== undefined) {
    const { code, message, remedy } = explanation;
    return new ExplainedError(code, `${at}: ${message}.`, { remedy, cause: error });
  }
  if (codeOf(error).startsWith('HPE_')) {
    return new ExplainedError('not-http', `${at}: what answers there does not speak HTTP.`, {
      remedy: 'Check scheme and port of "server:" in the kubeconfig.',
      cause: error,
    });
  }
  return new ExplainedError('network-failed', `${at}: ${oneLine(messageOf(error))}`, {
    remedy: 'Check the network and "server:" in the kubeconfig.',
    cause: error,
  });
}

/** An error of our own for what took too long. */
export function timedOut(server: string, what: string, ms: number): ExplainedError {
  return new ExplainedError(
    timeout.code,
    `The cluster at ${oneLine(server, 200)}: ${what} within ${Math.round(ms / 1000)} s.`,
    { remedy: timeout.remedy },
  );
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    const [first] = error.errors as unknown[];
    return codeOf(first);
  }
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
