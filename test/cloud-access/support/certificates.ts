import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  readonly ca: Pair;
  /** Signed by the authority, for 127.0.0.1. */
  readonly server: Pair;
  /** Signed by the authority, for other.test. */
  readonly otherHost: Pair;
  readonly expired: Pair;
  readonly selfSigned: Pair;
  readonly client: Pair;
  /** Where the authority's certificate lies. */
  readonly caFile: string;
  readonly folder: string;
  remove(): void;
}

/** Fresh certificates from openssl: no key is kept in the repository. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(path.join(tmpdir(), 'rekindle-tls-'));
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, {cwd: folder, stdio: 'ignore'});
  };
  const read = (name: string): Pair => ({
    cert: readFileSync(at(`${name}.pem`), 'utf8'),
    key: readFileSync(at(`${name}.key`), 'utf8'),
  });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const selfSign = (name: string, ...more: readonly string[]): Pair => {
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      ...more,
    );
    return read(name);
  };
  const ca = selfSign('ca');
  const sign = (name: string, alternative: string, ...dates: readonly string[]): Pair => {
    openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(at(`${name}.ext`), `subjectAltName=${alternative}\n`);
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-out', `${name}.pem`, ...dates);
    return read(name);
  };
  return {
    ca,
    server: sign('server', 'IP:127.0.0.1', '-days', '2'),
    otherHost: sign('other', 'DNS:other.test', '-days', '2'),
    // Negative days give a certificate that ended yesterday.
    expired: sign('expired', 'IP:127.0.0.1', '-days', '-1'),
    selfSigned: selfSign('self', '-addext', 'subjectAltName=IP:127.0.0.1'),
    client: sign('client', 'DNS:client.test', '-days', '2'),
    caFile: at('ca.pem'),
    folder,
    remove: () => rmSync(folder, {recursive: true}),
  };
}
