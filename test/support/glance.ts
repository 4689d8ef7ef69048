/** Keystone and Glance on loopback: bodies are made and hashed as they flow, none is ever held. */
import {createHash} from 'node:crypto';
import http from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import type {ExecutionContext} from 'ava';
import {bytesOf, hashesOfBytes, MIB, pump, type Trouble} from './image-bytes.ts';
import {row as catalogRow, tokenReply} from '../cloud-access/support/keystone.ts';

export {bytesOf, MIB, type Trouble};

export type ImageRow = Record<string, unknown> & {id: string; status: string; os_hash_value?: string};

export interface GlanceOptions {
  /** Answers Range with 206; default: yes. */
  readonly ranges?: boolean | 'ignored';
  /** Of the k-th download, counted from 1. */
  readonly onDownload?: (count: number, from: number) => Trouble;
  readonly onUpload?: (count: number) => Trouble;
  readonly onCreate?: (body: Readonly<Record<string, unknown>>, count: number) => Trouble;
  /** Never sends `100 Continue`, as old servers. */
  readonly deaf?: boolean;
  /** What a broken upload leaves: as today's, or truncated and active, as old ones. */
  readonly broken?: 'queued' | 'active' | 'saving';
  readonly usage?: object;
  readonly schema?: object;
  /** Stores other bytes than it was sent. */
  readonly corrupts?: boolean;
  /** Tokens that a request is refused with, once each. */
  readonly refusesTokens?: readonly string[];
  readonly project?: string;
}

export interface FakeGlance {
  readonly url: string;
  readonly images: Map<string, ImageRow>;
  /** As `GET images/ID/file bytes=5-`. */
  readonly asked: string[];
  readonly tokens: (string | undefined)[];
  /** Bytes handed to the connections, and taken from them. */
  readonly counts: {sent: number; received: number};
  readonly sockets: ReadonlySet<Socket>;
  /** An active image of that many bytes. */
  add(id: string, size: number, more?: Readonly<Record<string, unknown>>): ImageRow & {os_hash_value: string};
  /** Once every connection is closed; false if they stay. */
  idle(): Promise<boolean>;
}

export async function fakeGlance(t: ExecutionContext, options: GlanceOptions = {}): Promise<FakeGlance> {
  const project = options.project ?? 'p-1';
  const images = new Map<string, ImageRow>();
  const seeds = new Map<string, number>();
  const asked: string[] = [];
  const tokens: (string | undefined)[] = [];
  const counts = {sent: 0, received: 0};
  const sockets = new Set<Socket>();
  const refused = new Set<string>();
  const paused: http.IncomingMessage[] = [];
  let made = 0;
  let tokenCount = 0;
  const numbers = {download: 0, upload: 0, create: 0};

  const download = (id: string, request: http.IncomingMessage, response: http.ServerResponse): void => {
    numbers.download += 1;
    const image = images.get(id);
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const from = range === undefined ? 0 : Number(range);
    const trouble = options.onDownload?.(numbers.download, from);
    if (trouble !== undefined && 'status' in trouble) return fail(response, trouble);
    if (image === undefined) return fail(response, {status: 404, message: 'No image found'});
    if (from > 0 && options.ranges === false)
      return fail(response, {
        status: 400,
        message: 'Getting images from this store in chunks is not supported',
      });
    const size = image['size'] as number;
    const begin = options.ranges === 'ignored' ? 0 : from;
    response.writeHead(begin > 0 ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(size - begin),
      ...(begin > 0 ? {'content-range': `bytes ${begin}-${size - 1}/${size}`} : {}),
    });
    response.flushHeaders();
    void pump(bytesOf(size, begin, seeds.get(id)), response, counts, trouble);
  };

  const upload = (id: string, request: http.IncomingMessage, response: http.ServerResponse): void => {
    numbers.upload += 1;
    const image = images.get(id);
    const trouble = options.onUpload?.(numbers.upload);
    if (image === undefined) return fail(response, {status: 404, message: 'No image found'});
    if (trouble !== undefined && 'status' in trouble) return fail(response, trouble);
    if (options.deaf !== true) response.writeContinue();
    image.status = 'saving';
    const hashes = [createHash('sha512'), createHash('md5')] as const;
    let size = 0;
    const keep = (status: string): void => {
      const [sha512, md5] = hashes.map(hash => hash.digest('hex')) as [string, string];
      const spoilt = options.corrupts === true ? 'f'.repeat(128) : sha512;
      Object.assign(image, {status, size, os_hash_algo: 'sha512', os_hash_value: spoilt, checksum: md5});
    };
    let over = false;
    request.on('data', (whole: Buffer) => {
      if (over) return;
      const limit = trouble !== undefined && 'after' in trouble ? trouble.after - size : Infinity;
      const chunk = whole.subarray(0, limit);
      if (trouble !== undefined && 'after' in trouble && whole.length >= limit) {
        over = true;
        if (trouble.how === 'silent') paused.push(request.pause());
        else request.destroy();
      }
      for (const hash of hashes) hash.update(chunk);
      size += chunk.length;
      counts.received += chunk.length;
    });
    request.on('close', () => {
      if (request.complete || !images.has(id)) return;
      if (options.broken === 'active') keep('active');
      else image.status = options.broken ?? 'queued';
    });
    request.on('end', () => {
      keep('active');
      if (trouble !== undefined && 'lost' in trouble) request.socket.destroy();
      else {
        response.writeHead(204);
        response.end();
      }
    });
  };

  const create = (body: Readonly<Record<string, unknown>>, response: http.ServerResponse): void => {
    numbers.create += 1;
    const trouble = options.onCreate?.(body, numbers.create);
    if (trouble !== undefined && 'status' in trouble) return fail(response, trouble);
    made += 1;
    const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
    const image = {owner: project, size: null, checksum: null, ...body, id, status: 'queued'};
    images.set(id, image);
    json(response, 201, image);
  };

  const handle = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname.endsWith('/auth/tokens')) {
      request.resume();
      tokenCount += 1;
      const catalog = [catalogRow('image', `${base}/image`)];
      const id = `token-${tokenCount}`;
      const domain = {id: 'default', name: 'Default'};
      const reply = tokenReply({id, catalog, project: {id: project, name: project, domain}});
      return json(response, 201, reply.json, reply.headers);
    }
    const path = url.pathname.replace('/image/v2/', '');
    const word = request.headers.range === undefined ? '' : ` ${request.headers.range}`;
    const token = request.headers['x-auth-token'] as string | undefined;
    if (path === '/image' || path === '/image/' || path === '/image/v2')
      return json(response, 300, {
        versions: [{id: 'v2.15', status: 'CURRENT', links: [{rel: 'self', href: `${base}/image/v2/`}]}],
      });
    asked.push(`${request.method} ${path}${word}`);
    tokens.push(token);
    if (token !== undefined && options.refusesTokens?.includes(token) === true && !refused.has(token)) {
      // Only where a body would go: the calls before it renew nothing.
      if (path.endsWith('/file')) {
        refused.add(token);
        return fail(response, {status: 401, message: 'This server could not verify'});
      }
    }
    const id = /^images\/([^/]+)(\/file)?$/.exec(path);
    if (id !== null && id[2] !== undefined)
      return request.method === 'GET'
        ? download(id[1] ?? '', request, response)
        : upload(id[1] ?? '', request, response);
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      if (path === 'images' && request.method === 'POST')
        return create(JSON.parse(text) as Readonly<Record<string, unknown>>, response);
      if (path === 'images') {
        const name = url.searchParams.get('name');
        const rows = [...images.values()].filter(one => name === null || one['name'] === name);
        return json(response, 200, {images: rows});
      }
      if (path === 'schemas/image') return json(response, 200, options.schema ?? {properties: {}});
      if (path === 'info/usage' && options.usage !== undefined)
        return json(response, 200, {usage: options.usage});
      const image = images.get(id?.[1] ?? '');
      if (image === undefined) return fail(response, {status: 404, message: `No image found: ${path}`});
      if (request.method !== 'DELETE') return json(response, 200, image);
      images.delete(image.id);
      response.writeHead(204);
      return response.end();
    });
  };

  const server = http.createServer(handle);
  server.on('checkContinue', (request: http.IncomingMessage, response: http.ServerResponse) =>
    handle(request, response),
  );
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: base,
    images,
    asked,
    tokens,
    counts,
    sockets,
    add(id, size, more = {}) {
      const seed = seeds.size + 1;
      seeds.set(id, seed);
      const {sha512, md5} = hashesOfBytes(bytesOf(size, 0, seed));
      const image: ImageRow & {os_hash_value: string} = {
        id,
        name: id,
        status: 'active',
        size,
        owner: project,
        visibility: 'private',
        disk_format: 'qcow2',
        container_format: 'bare',
        min_disk: 0,
        min_ram: 0,
        tags: [],
        checksum: md5,
        os_hash_algo: 'sha512',
        os_hash_value: sha512,
        ...more,
      };
      images.set(id, image);
      return image;
    },
    async idle() {
      for (let turn = 0; turn < 500 && sockets.size > 0; turn += 1) {
        // Who doesn't read never sees that the other side has gone.
        for (const request of paused) request.resume();
        await new Promise(resolve => {
          setTimeout(resolve, 10);
        });
      }
      return sockets.size === 0;
    },
  };
}

function json(response: http.ServerResponse, status: number, body?: unknown, headers = {}): void {
  response.writeHead(status, {'content-type': 'application/json', ...headers});
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function fail(response: http.ServerResponse, {status, message = '', headers}: Failure): void {
  json(response, status, {code: `${status} Error`, title: 'Error', message}, headers);
}

interface Failure {
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
