/** Large bodies of one service, sent and fetched with the session's token. */
import {RekindleError} from '../model/errors.ts';
import {elsewhere, type ServiceContext, withToken} from './authorized.ts';
import {jsonOf} from './http/json.ts';
import {MOST_REDIRECTS, redirected} from './http/redirect.ts';
import {type HttpRequest} from './http/request.ts';
import {serviceError} from './http/service-error.ts';
import {type Poured} from './http/streams.ts';
import {type Bodies, type CallOptions} from './types.ts';

type Making = (method: string, path: string, options: CallOptions) => HttpRequest;

export function createBodies(
  make: Making,
  {http, tokens, authHost}: Pick<ServiceContext, 'http' | 'tokens' | 'authHost'>,
): Bodies {
  /** @param send Once more with a new token, where the first is refused. */
  const authorized = async <A extends {readonly status: number}>(
    request: HttpRequest,
    send: (request: HttpRequest) => Promise<A>,
    again: (answer: A) => boolean,
  ): Promise<A> => {
    const token = await tokens.get();
    http.secrets.keep(token.id);
    const answer = await send(withToken(request, token.id));
    if (answer.status !== 401 || token.id === '' || !again(answer)) return answer;
    const fresh = await tokens.replace(token, request.service);
    http.secrets.keep(fresh.id);
    return await send(withToken(request, fresh.id));
  };

  return {
    async download(path, {from = 0, accept = [], signal} = {}) {
      const headers = {
        accept: 'application/octet-stream',
        ...(from > 0 ? {range: `bytes=${from}-`} : {}),
      };
      const request: HttpRequest = {...make('GET', path, {headers, signal}), secret: true};
      const opened = await authorized(
        request,
        sent => http.streams.open(sent),
        answer => {
          answer.close();
          return true;
        },
      );
      const {status, chunks} = opened;
      if ((status < 200 || status >= 300) && !accept.includes(status))
        throw serviceError(
          {...opened, text: await opened.text(), tokenDropped: false, tries: 1},
          request,
          authHost,
        );
      const encoding = opened.headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity') {
        opened.close();
        throw new RekindleError(
          'protocol',
          `${request.service}: GET ${path} answers packed (${encoding.slice(0, 20)}), which was not asked for`,
          {service: request.service, method: 'GET', path, status},
        );
      }
      return {status, headers: opened.headers, chunks, close: () => opened.close()};
    },
    async upload(path, body, {size, headers, signal}) {
      const first: HttpRequest = {...make('PUT', path, {headers, signal}), secret: true};
      let request = first;
      let answer: Poured;
      for (let hop = 0; ; hop++) {
        const here = request;
        answer = await authorized(
          here,
          sent => http.streams.pour(sent, body, size),
          ({begun}) => !begun,
        );
        const next = redirected({...here, body: {json: undefined}}, answer);
        if (next === undefined || answer.begun || hop === MOST_REDIRECTS) break;
        // To another host `redirected` leads nothing that has a body; a token may go to https of the same host only.
        if (next.tokenDropped) throw elsewhere(here, {status: answer.status, url: next.request.url});
        request = {...here, url: next.request.url};
      }
      if (answer.status < 200 || answer.status >= 300)
        throw serviceError({...answer, tokenDropped: false, tries: 1}, first, authHost);
      return {status: answer.status, headers: answer.headers, body: jsonOf(answer, first)};
    },
  };
}
