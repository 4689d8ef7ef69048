import {type ErrorCode, RekindleError} from '../../model/errors.ts';
import {hiddenMessage} from './error-body.ts';
import {type HttpAnswer, type HttpRequest, requestIdOf} from './request.ts';
import {createSecrets} from '../../model/secrets.ts';

/** The error for an answer that is no success. */
export function serviceError(answer: HttpAnswer, request: HttpRequest, authHost: string): RekindleError {
  const {service, method, path} = request;
  const {status} = answer;
  const requestId = requestIdOf(answer.headers);
  const secrets = request.secrets ?? createSecrets();
  const token = request.headers['x-auth-token'];
  if (token !== undefined) secrets.keep(token);
  const said = hiddenMessage(answer, secrets);
  const [code, hint] = classified(status, said, authHost);
  const id = requestId === undefined ? '' : ` (${requestId})`;
  const words = said === '' ? '' : `: ${said}`;
  return new RekindleError(code, `${service}: ${method} ${path} answered ${status}${words}${id}`, {
    service,
    method,
    path,
    status,
    requestId,
    hint,
  });
}

function classified(status: number, said: string, authHost: string): readonly [ErrorCode, string?] {
  // Nova and Cinder say 403 or 413, Neutron 409, where a quota is used up.
  const quota = /quota/iu.test(said) && /exceed|over/iu.test(said);
  if (quota && [403, 409, 413].includes(status)) return ['http', 'a quota of the project is used up'];
  switch (status) {
    case 401:
      return [
        'auth',
        `the token comes from ${authHost}; the service may be badly set up, or belong to another cloud`,
      ];
    case 403:
      return ['forbidden', 'the roles of this user are not enough for that'];
    case 404:
      return ['not-found'];
    case 406:
      return ['http', 'the service does not know the microversion that was asked for'];
    case 407:
      return ['connect', 'the proxy wants other credentials: put user:password@ into HTTP_PROXY'];
    case 409:
      return ['conflict'];
    case 429:
      return ['http', 'the cloud limits the rate of requests: try again later'];
    default:
      return status >= 500 ? ['http', 'the service is in trouble: try again, or ask its operator'] : ['http'];
  }
}
