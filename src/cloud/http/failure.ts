import {type ErrorCode, RekindleError} from '../../model/errors.ts';
import {type HttpRequest} from './request.ts';
import {createSecrets, type Secrets} from '../../model/secrets.ts';
import {cleanText} from './text.ts';

/** What the HTTP library threw, in our words. It holds the token and the body, so it is neither kept nor logged. */
export interface Failure {
  /** Node's or got's code, for the retry policy; '' where a retry never helps. */
  readonly code: string;
  readonly error: RekindleError;
}

interface Thrown {
  readonly code: string;
  readonly event: string;
  readonly message: string;
}

const UNKNOWN_AUTHORITY = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
]);

export function failureOf(
  thrown: unknown,
  request: HttpRequest,
  proxy: URL | undefined,
  secrets: Secrets = createSecrets(),
): Failure {
  const {message: said, ...rest} = partsOf(thrown);
  const what = {...rest, message: secrets.hide(said)};
  const {service, method, path, url} = request;
  const known = proxyTrouble(what, proxy) ?? tlsTrouble(what, url) ?? networkTrouble(what, url, proxy);
  const [code, message, hint] = known;
  return {
    // The limit on the whole request has just been used up; the others may be a hiccup.
    code: what.event === 'request' ? '' : what.code,
    error: new RekindleError(code, `${service}: ${method} ${path}: ${message}`, {
      service,
      method,
      path,
      hint,
    }),
  };
}

type Known = readonly [code: ErrorCode, message: string, hint?: string];

function partsOf(thrown: unknown): Thrown {
  const text = (key: string): string => {
    if (typeof thrown !== 'object' || thrown === null || !(key in thrown)) return '';
    const value: unknown = Reflect.get(thrown, key);
    return typeof value === 'string' ? value : '';
  };
  return {code: text('code'), event: text('event'), message: text('message')};
}

function proxyTrouble({code, message}: Thrown, proxy: URL | undefined): Known | undefined {
  if (proxy === undefined) return undefined;
  const hint = 'check HTTP_PROXY and HTTPS_PROXY, or name this host in NO_PROXY';
  const refused = /^Bad response: (\d{3})/u.exec(message)?.[1];
  if (refused === '407') {
    return [
      'connect',
      `the proxy ${proxy.host} wants other credentials (407)`,
      'put user:password@ into HTTPS_PROXY',
    ];
  }
  if (refused !== undefined)
    return ['connect', `the proxy ${proxy.host} refuses to connect there (${refused})`, hint];
  if (code === 'ECONNREFUSED') return ['connect', `the proxy ${proxy.host} refuses connections`, hint];
  if (code === 'ENOTFOUND') return ['connect', `the proxy's host ${proxy.hostname} is unknown`, hint];
  return undefined;
}

function tlsTrouble({code, message}: Thrown, url: URL): Known | undefined {
  const host = url.host;
  if (UNKNOWN_AUTHORITY.has(code)) {
    const own = code === 'DEPTH_ZERO_SELF_SIGNED_CERT' || code === 'SELF_SIGNED_CERT_IN_CHAIN';
    const why = own ? 'is self-signed or comes from a private authority' : 'comes from an unknown authority';
    return [
      'tls',
      `the certificate of ${host} ${why} (${code})`,
      'name the authority with cacert, OS_CACERT or --os-cacert',
    ];
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      'tls',
      `the certificate of ${host} is for another host name`,
      'use the name that is in the certificate',
    ];
  }
  if (code === 'CERT_HAS_EXPIRED') return ['tls', `the certificate of ${host} has expired`];
  if (code === 'CERT_NOT_YET_VALID')
    return ['tls', `the certificate of ${host} isn't valid yet`, 'check the clock'];
  if (
    code === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
    (code === 'EPROTO' && message.includes('wrong version number'))
  ) {
    return ['tls', `${host} does not speak TLS`, 'the address may have to start with http://'];
  }
  if (/certificate required|handshake failure|bad certificate/u.test(message)) {
    return ['tls', `${host} wants a client certificate (${cleanText(code)})`, 'set cert and key'];
  }
  if (code === 'EPROTO' || /^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL_|CERT_)/u.test(code)) {
    return ['tls', `the TLS handshake with ${host} failed (${cleanText(code)})`];
  }
  return undefined;
}

function networkTrouble({code, event, message}: Thrown, url: URL, proxy: URL | undefined): Known {
  const host = proxy === undefined ? url.host : `${url.host} through the proxy ${proxy.host}`;
  if (event !== '' || code === 'ETIMEDOUT') {
    const doing = event === 'connect' || event === 'secureConnect' ? 'connecting' : 'waiting for the answer';
    return [
      'timeout',
      `timed out ${doing}: ${host}`,
      'a longer limit is set with api_timeout or --http-timeout',
    ];
  }
  switch (code) {
    case 'ENOTFOUND':
      return ['connect', `no host is called ${url.hostname}`, 'check the address for a typing error'];
    case 'EAI_AGAIN':
      return [
        'connect',
        `the name ${url.hostname} can't be looked up just now`,
        'check the network and its DNS',
      ];
    case 'ECONNREFUSED':
      return [
        'connect',
        `${host} refuses connections`,
        'nothing listens there: check host and port, or try later',
      ];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return ['connect', `${host} can't be reached (${code})`, 'check network, VPN and firewall'];
    case 'ECONNRESET':
    case 'EPIPE':
    case 'Z_BUF_ERROR':
      return [
        'connect',
        `${host} broke off the connection (${code})`,
        // A plain server hangs up on a TLS handshake, and the other way about.
        `try again; if it stays so, the address may have to start with ${url.protocol === 'https:' ? 'http' : 'https'}://`,
      ];
    default:
      if (code.startsWith('HPE_'))
        return ['protocol', `${host} does not answer in HTTP (${cleanText(code)})`];
      return ['connect', `no answer from ${host} (${cleanText(code === '' ? message : code, 120)})`];
  }
}
