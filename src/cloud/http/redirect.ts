import {RekindleError} from '../../model/errors.ts';
import {type HttpRequest} from './request.ts';

/** 300 is an answer: a list of versions. */
const REDIRECTS = new Set([301, 302, 303, 305, 307, 308]);
export const MOST_REDIRECTS = 5;

/**
 * Where an answer sends us: the same method and body (as keystoneauth does, unlike a browser), without the token once
 * the origin changes. Undefined where the answer is no redirect.
 * @throws RekindleError where following would hand a body to another host.
 */
export function redirected(
  request: HttpRequest,
  answer: {readonly status: number; readonly headers: Readonly<Record<string, string>>},
): {readonly request: HttpRequest; readonly tokenDropped: boolean} | undefined {
  const location = answer.headers['location'];
  if (!REDIRECTS.has(answer.status) || location === undefined || location === '') return undefined;
  const url = targetOf(request, location);
  if (sameOrigin(request.url, url)) return {request: {...request, url}, tokenDropped: false};
  if (request.body !== undefined || !['GET', 'HEAD'].includes(request.method)) {
    throw new RekindleError(
      'protocol',
      `${request.service}: ${request.method} ${request.path} is redirected to ${url.origin}; a request with a body isn't sent to another address`,
      {...originOf(request, answer.status), hint: hintFor(request)},
    );
  }
  const {['x-auth-token']: token, ...headers} = request.headers;
  return {request: {...request, url, headers}, tokenDropped: token !== undefined};
}

function targetOf(request: HttpRequest, location: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(location, request.url);
  } catch {
    // Falls through to the error below.
  }
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new RekindleError(
    'protocol',
    `${request.service}: ${request.method} ${request.path} is redirected to something that isn't an HTTP address`,
    originOf(request, undefined),
  );
}

/** The same scheme, host and port; going from http to https on the default ports counts as the same, as in requests. */
function sameOrigin(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return (
    from.hostname === to.hostname &&
    from.protocol === 'http:' &&
    to.protocol === 'https:' &&
    !from.port &&
    !to.port
  );
}

export function hintFor(request: {readonly service: string}): string {
  return request.service === 'identity'
    ? 'set auth_url to the address it redirects to'
    : `set ${request.service.replaceAll('-', '_')}_endpoint_override to the right address`;
}

function originOf(request: HttpRequest, status: number | undefined) {
  const {service, method, path} = request;
  return {service, method, path, status};
}
