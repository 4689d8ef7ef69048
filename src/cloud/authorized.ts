/** Requests with the session's token. */
import {RekindleError} from '../model/errors.ts';
import {type Tokens} from './auth/renewal.ts';
import {type Discovered} from './discovery.ts';
import {type Http} from './http/client.ts';
import {hintFor} from './http/redirect.ts';
import {type HttpAnswer, type HttpRequest} from './http/request.ts';

export interface ServiceContext {
  readonly type: string;
  readonly http: Http;
  readonly tokens: Tokens;
  readonly discovered: Discovered;
  readonly microversion: string | undefined;
  /** Host of Keystone, for messages. */
  readonly authHost: string;
}

/**
 * Sends with the session's token; after a 401 once more with a new one. Neither waits for a token while it holds a
 * place in the service's queue, or renewing Keystone's own token could wait for itself.
 */
export async function sendAuthorized(
  request: HttpRequest,
  {http, tokens}: Pick<ServiceContext, 'http' | 'tokens'>,
): Promise<HttpAnswer> {
  const token = await tokens.get();
  http.secrets.keep(token.id);
  const answer = await http.send(withToken(request, token.id));
  if (answer.status !== 401 || token.id === '') return answer;
  if (answer.tokenDropped) throw elsewhere(request, answer);
  const fresh = await tokens.replace(token, request.service);
  http.secrets.keep(fresh.id);
  return await http.send(withToken(request, fresh.id));
}

export function withToken(request: HttpRequest, id: string): HttpRequest {
  if (id === '') return request;
  return {...request, headers: {...request.headers, 'x-auth-token': id}};
}

export function elsewhere(request: HttpRequest, answer: Pick<HttpAnswer, 'url' | 'status'>): RekindleError {
  const {service, method, path} = request;
  return new RekindleError(
    'protocol',
    `${service}: ${method} ${path} is redirected to ${answer.url.origin}, where the token is not sent`,
    {service, method, path, status: answer.status, hint: hintFor(request)},
  );
}
