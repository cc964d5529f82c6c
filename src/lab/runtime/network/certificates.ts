import { X509Certificate } from 'node:crypto';
import { isAddress } from './addresses.ts';

/**
 * Why a client does not accept a server's certificate, in OpenSSL's and curl's words; undefined where it does.
 * @param certificate PEM; '' stands for one that the server signed itself.
 * @param authorities PEM, any number: whom the client trusts.
 */
export function certificateProblem(
  certificate: string,
  host: string,
  authorities: string,
): string | undefined {
  if (certificate === '') return 'SSL certificate problem: self-signed certificate';
  const shown = new X509Certificate(certificate);
  if (Date.parse(shown.validTo) < Date.now()) return 'SSL certificate problem: certificate has expired';
  const trusted = (authorities.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? []).map(
    (text) => new X509Certificate(text),
  );
  const isTrusted = trusted.some(
    (authority) => shown.checkIssued(authority) && shown.verify(authority.publicKey),
  );
  if (!isTrusted) {
    return shown.issuer === shown.subject
      ? 'SSL certificate problem: self-signed certificate'
      : 'SSL certificate problem: unable to get local issuer certificate';
  }
  const fits = isAddress(host) ? shown.checkIP(host) : shown.checkHost(host.replace(/\.$/, ''));
  if (fits !== undefined) return undefined;
  return `SSL: no alternative certificate subject name matches target host name '${host}'`;
}
