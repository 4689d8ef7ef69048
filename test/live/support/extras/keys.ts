/** Keys: secrets of every type, with payloads of every kind and without one; containers of every type. */
import {generateKeyPairSync, randomBytes} from 'node:crypto';
import type {Api, Row} from '../api.ts';
import type {Site} from '../site.ts';
import {sweep} from '../sweep.ts';
import {certificate, Keys, rowOf} from './barbican.ts';
import type {Extra} from './extra.ts';

async function build(site: Site): Promise<Readonly<Record<string, Row>>> {
  const keys = new Keys(site);
  const {key, certificate: shop} = certificate('shop.example');
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: {type: 'spki', format: 'pem'},
    privateKeyEncoding: {type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'guess me'},
  });
  const rsa = {algorithm: 'rsa', bit_length: 2048};
  const held = {
    certificate: await keys.text('shop', shop, {secret_type: 'certificate'}),
    private_key: await keys.text('shop', key, {secret_type: 'private', ...rsa}),
    intermediates: await keys.text('shop', certificate('ca.example').certificate),
    private_key_passphrase: await keys.text('passphrase', 'not needed', {secret_type: 'passphrase'}),
  };
  const locked = {
    private_key: await keys.text('locked', pair.privateKey, {secret_type: 'private', ...rsa}),
    public_key: await keys.text('locked', pair.publicKey, {secret_type: 'public', ...rsa}),
    private_key_passphrase: await keys.text('unlock', 'guess me', {secret_type: 'passphrase'}),
  };
  const disk = await keys.bytes('disk', randomBytes(32), {
    secret_type: 'symmetric',
    algorithm: 'aes',
    bit_length: 256,
    mode: 'cbc',
  });
  const opaque = await keys.bytes(null, Uint8Array.of(0, 1, 255, 10));
  await keys.text('', ' white space \n\ttoo\n');
  await keys.text('hostile $(id) "\'` {{x}}', 'a: [b]\n#c {get_resource: x} ${d}');
  await keys.text('yes', '007', {expiration: '2099-12-31T23:59:59.123456'});
  await keys.store('without payload', {algorithm: 'aes', bit_length: 128, mode: 'ctr'});
  await keys.bytes('sealed', randomBytes(20), {
    payload_content_type: 'application/pkcs8',
    secret_type: 'private',
  });
  await site.api.call('POST', 'key-manager', '/orders', {
    type: 'key',
    meta: {
      name: 'ordered',
      algorithm: 'aes',
      bit_length: 256,
      mode: 'cbc',
      payload_content_type: 'application/octet-stream',
    },
  });

  const tls = await keys.container('certificate', 'shop', held);
  await keys.container('certificate', 'shop', {certificate: held.certificate});
  await keys.container('rsa', null, locked);
  const generic = await keys.container('generic', 'shop', {b: disk, a: opaque, 'c d': held.certificate});
  await keys.container('generic', 'one without a name in it', {'': disk});
  await keys.container('generic', null, {});
  await site.api.call('POST', 'key-manager', `/containers/${generic.id}/consumers`, {
    name: 'shop backup',
    URL: 'https://shop.example/',
  });
  return {tls, generic};
}

async function list(api: Api, what: string, reference: string): Promise<Row[]> {
  const page = (await api.call('GET', 'key-manager', `/${what}?limit=100`)) as Readonly<
    Record<string, Row[]>
  >;
  return (page[what] ?? []).map(row => rowOf(row, reference));
}

async function wipe(api: Api): Promise<void> {
  if (!api.has('key-manager')) return;
  for (const [what, reference] of [
    ['containers', 'container_ref'],
    ['orders', 'order_ref'],
    ['secrets', 'secret_ref'],
  ] as const) {
    await sweep(
      api,
      what,
      () => list(api, what, reference),
      row => api.remove('key-manager', `/${what}/${row.id}`),
    );
  }
}

export const keys: Extra = {build, wipe};
