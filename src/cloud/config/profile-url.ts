import {RekindleError} from '../../model/errors.ts';
import {type HttpOptions, createHttp} from '../http/client.ts';
import {jsonOf} from '../http/json.ts';

/** GETs a published profile with the default trust: the entry's own TLS settings are for the cloud, not for this. */
export async function fetchProfile(
  url: string,
  timeout: number | undefined,
  common: Omit<HttpOptions, 'tls' | 'timeout'>,
): Promise<unknown> {
  const tls = {verify: true, ca: undefined, cert: undefined, key: undefined};
  const http = createHttp({...common, tls, timeout: timeout ?? 30});
  try {
    const address = new URL(url);
    const request = {service: 'profile', method: 'GET', url: address, path: address.pathname, headers: {}};
    const answer = await http.send(request);
    if (answer.status === 200) return jsonOf(answer, request);
    throw new RekindleError(
      'config',
      `${address.origin} publishes no OpenStack profile (status ${answer.status})`,
      {
        status: answer.status,
        hint: 'correct profile, or write auth_url and the rest of it into the entry',
      },
    );
  } finally {
    http.close();
  }
}
