/** Secrets and containers, and certificates to put into them. */
import {execFileSync} from 'node:child_process';
import type {Api, Fields, Row} from '../api.ts';
import type {Site} from '../site.ts';

/** Node makes keys but no certificates. */
export function certificate(subject: string): {readonly key: string; readonly certificate: string} {
  const command = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '3650',
    '-subj',
    `/CN=${subject}`,
  ];
  const both = execFileSync('openssl', [...command, '-keyout', '-', '-out', '-'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const at = both.indexOf('-----BEGIN CERTIFICATE-----');
  return {key: both.slice(0, at), certificate: both.slice(at)};
}

export class Keys {
  readonly #api: Api;

  constructor({api}: Pick<Site, 'api'>) {
    this.#api = api;
  }

  async store(name: string | null, fields: Fields = {}): Promise<Row> {
    const named = name === null ? {} : {name};
    const made = await this.#api.call('POST', 'key-manager', '/secrets', {...named, ...fields});
    return rowOf(made, 'secret_ref');
  }

  text(name: string | null, payload: string, fields: Fields = {}): Promise<Row> {
    return this.store(name, {payload, payload_content_type: 'text/plain', ...fields});
  }

  bytes(name: string | null, payload: Uint8Array, fields: Fields = {}): Promise<Row> {
    return this.store(name, {
      payload: Buffer.from(payload).toString('base64'),
      payload_content_type: 'application/octet-stream',
      payload_content_encoding: 'base64',
      ...fields,
    });
  }

  async container(type: string, name: string | null, secrets: Readonly<Record<string, Row>>): Promise<Row> {
    const secret_refs = Object.entries(secrets).map(([role, {secret_ref}]) =>
      role === '' ? {secret_ref} : {name: role, secret_ref},
    );
    const named = name === null ? {} : {name};
    const made = await this.#api.call('POST', 'key-manager', '/containers', {type, secret_refs, ...named});
    return rowOf(made, 'container_ref');
  }
}

/** Barbican knows a thing by its URL only. */
export function rowOf(made: unknown, key: string): Row {
  const url = String((made as Fields)[key]);
  return {id: url.slice(url.lastIndexOf('/') + 1), [key]: url};
}
