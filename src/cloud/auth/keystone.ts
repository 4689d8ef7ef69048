import {RekindleError} from '../../model/errors.ts';
import {hiddenMessage} from '../http/error-body.ts';
import {type Http} from '../http/client.ts';
import {jsonOf} from '../http/json.ts';
import {type HttpAnswer, type HttpRequest, requestIdOf} from '../http/request.ts';
import {type Secrets} from '../../model/secrets.ts';

/** The address that `/auth/tokens` is below: `/v3` is added unless it is there, prefixes such as `/identity` stay. */
export function keystoneUrl(authUrl: string): string {
  const url = new URL(authUrl);
  // An old openrc says v2.0; every Keystone since 2014 has v3 beside it, and since 2018 v3 alone.
  const path = url.pathname.replace(/\/+$/u, '').replace(/\/v2\.0$/u, '');
  url.pathname = path.endsWith('/v3') ? path : `${path}/v3`;
  url.search = '';
  url.hash = '';
  return url.href;
}

export interface KeystoneCall {
  readonly method: string;
  /** Below /v3, no leading slash; or a whole address for a token endpoint. */
  readonly path: string;
  readonly url?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: HttpRequest['body'];
  readonly safe?: boolean | undefined;
}

/** Calls of the authentication itself: their bodies and answers are never logged. */
export interface Keystone {
  readonly host: string;
  readonly base: string;
  /** What a message must not tell. */
  readonly secrets: Secrets;
  send(call: KeystoneCall): Promise<HttpAnswer>;
  json(answer: HttpAnswer, call: KeystoneCall): unknown;
  /** The error for an answer that the caller has no better words for. */
  refused(answer: HttpAnswer, call: KeystoneCall): RekindleError;
}

export function createKeystone(authUrl: string, http: Http): Keystone {
  const base = keystoneUrl(authUrl);
  const host = new URL(base).host;
  return {
    base,
    host,
    secrets: http.secrets,
    send: call =>
      http.send({
        service: 'identity',
        method: call.method,
        url: new URL(call.url ?? `${base}/${call.path}`),
        path: call.path,
        headers: call.headers ?? {},
        body: call.body,
        safe: call.safe ?? true,
        secret: true,
      }),
    json: (answer, call) => jsonOf(answer, {service: 'identity', method: call.method, path: call.path}),
    refused: (answer, call) => {
      const requestId = requestIdOf(answer.headers);
      const origin = {
        service: 'identity',
        method: call.method,
        path: call.path,
        status: answer.status,
        requestId,
      };
      const said = hiddenMessage(answer, http.secrets);
      if (answer.status === 404 || answer.status === 405 || answer.status === 300) {
        return new RekindleError('config', `There is no Keystone v3 at ${base} (${answer.status}: ${said})`, {
          ...origin,
          hint: 'correct auth_url: it is the address of Keystone, mostly ending in /v3',
        });
      }
      const code = answer.status === 401 ? 'auth' : answer.status === 403 ? 'forbidden' : 'http';
      return new RekindleError(code, `Keystone at ${host} answered ${answer.status}: ${said}`, origin);
    },
  };
}
