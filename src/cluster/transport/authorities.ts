import tls from 'node:tls';

/**
 * What kubectl trusts where a kubeconfig names no certificate authority: those of the system, such as a company's own;
 * and those that Node brings. undefined: this Node knows only the latter (the function came with 22.15).
 */
export function systemAuthorities(): string[] | undefined {
  const { getCACertificates } = tls as Partial<Pick<typeof tls, 'getCACertificates'>>;
  if (getCACertificates === undefined) return undefined;
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
