/** A certificate authority of the lab's own and a server certificate for 127.0.0.1, made at each start. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as der from './der.ts';

export interface ServerCertificate {
  /** PEM: what clients trust. */
  authority: string;
  /** PEM: what the server shows. */
  certificate: string;
  /** PEM, PKCS 8. */
  key: string;
}

const day = 24 * 60 * 60 * 1000;
const oid = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
};

interface Party {
  name: string;
  keys: { publicKey: KeyObject; privateKey: KeyObject };
}

function makeParty(name: string): Party {
  return { name, keys: generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}

function distinguishedName(name: string): Buffer {
  return der.sequence(der.set(der.sequence(der.objectIdentifier(oid.commonName), der.utf8String(name))));
}

function publicKeyInfo(party: Party): Buffer {
  return party.keys.publicKey.export({ type: 'spki', format: 'der' });
}

function keyId(party: Party): Buffer {
  return createHash('sha1').update(publicKeyInfo(party)).digest();
}

function extension(id: string, value: Uint8Array, critical = false): Buffer {
  const flag = critical ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(id), ...flag, der.octetString(value));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Signs a version 3 certificate (RFC 5280). */
function issue(subject: Party, issuer: Party, extensions: Buffer[], lifetimeDays: number): string {
  const algorithm = der.sequence(der.objectIdentifier(oid.ecdsaWithSha256));
  const now = Date.now();
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01;
  const body = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(serial),
    algorithm,
    distinguishedName(issuer.name),
    der.sequence(der.utcTime(new Date(now - day)), der.utcTime(new Date(now + lifetimeDays * day))),
    distinguishedName(subject.name),
    publicKeyInfo(subject),
    der.explicit(3, der.sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer.keys.privateKey);
  return pem('CERTIFICATE', der.sequence(body, algorithm, der.bitString(signature)));
}

/** Makes a fresh authority and a certificate for `localhost`, `127.0.0.1` and the in-cluster names of the API. */
export function makeServerCertificate(): ServerCertificate {
  const authority = makeParty('podnet-lab-ca');
  const server = makeParty('podnet-lab');
  const authorityKey = extension(oid.authorityKeyId, der.sequence(der.implicit(0, keyId(authority))));
  const authorityPem = issue(
    authority,
    authority,
    [
      extension(oid.basicConstraints, der.sequence(der.boolean(true)), true),
      // keyCertSign and cRLSign
      extension(oid.keyUsage, der.bitString(Buffer.from([0x06]), 1), true),
      extension(oid.subjectKeyId, der.octetString(keyId(authority))),
    ],
    3650,
  );
  const names = ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  const alternatives = der.sequence(
    ...names.map((name) => der.implicit(2, Buffer.from(name, 'ascii'))),
    der.implicit(7, Buffer.from([127, 0, 0, 1])),
    der.implicit(7, Buffer.from([10, 96, 0, 1])),
  );
  const certificate = issue(
    server,
    authority,
    [
      extension(oid.basicConstraints, der.sequence(), true),
      // digitalSignature
      extension(oid.keyUsage, der.bitString(Buffer.from([0x80]), 7), true),
      extension(oid.extendedKeyUsage, der.sequence(der.objectIdentifier(oid.serverAuth))),
      extension(oid.subjectKeyId, der.octetString(keyId(server))),
      authorityKey,
      extension(oid.subjectAltName, alternatives),
    ],
    825,
  );
  const key = server.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { authority: authorityPem, certificate, key };
}
