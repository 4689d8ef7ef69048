import {readFileSync} from 'node:fs';

import {RekindleError, messageOf} from '../../model/errors.ts';
import {type TlsSettings} from '../settings.ts';

/** Ready for Node: the texts of the files. */
export interface Tls {
  readonly verify: boolean;
  /** Replaces the built-in authorities, as in the Python clients. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** @throws RekindleError 'config' for a file that can't be read or isn't PEM. */
export function readTls(settings: TlsSettings): Tls {
  const cert = settings.cert === undefined ? undefined : readPem('cert', settings.cert);
  return {
    verify: settings.verify,
    ca: settings.cacert === undefined || !settings.verify ? undefined : readPem('cacert', settings.cacert),
    cert,
    // As in Python's ssl, a certificate file alone holds its key too.
    key: settings.key === undefined ? cert : readPem('key', settings.key),
  };
}

function readPem(key: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new RekindleError('config', `${key}: can't read ${path} (${codeOf(error)})`, {
      hint: `${key} must name a readable PEM file; correct the path`,
    });
  }
  if (text.includes('-----BEGIN ')) return text;
  throw new RekindleError('config', `${key}: ${path} holds no PEM text`, {
    hint: `${key} must name a PEM file: it has a line -----BEGIN CERTIFICATE----- or the like`,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
}
