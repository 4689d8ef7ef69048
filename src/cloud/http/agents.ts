import http from 'node:http';
import https from 'node:https';

import {HttpsProxyAgent} from 'hpagent';

import {proxyFor} from './proxy.ts';
import {type Tls} from './tls.ts';

/** How one request travels: an agent, or for plain http through a proxy a request with an absolute address. */
export interface Route {
  readonly agent: {readonly http?: http.Agent; readonly https?: https.Agent};
  readonly proxy: URL | undefined;
}

export interface Agents {
  /**
   * @param fresh A connection of its own: a request that isn't safe to repeat must not meet a connection that the
   * server is just closing.
   */
  route(url: URL, fresh: boolean): Route;
  close(): void;
}

/** Keep-alive agents of one session; nothing global is touched. */
export function createAgents(env: Readonly<Record<string, string | undefined>>, tls: Tls): Agents {
  const kept = new Map<string, Route>();
  const make = (url: URL, proxy: URL | undefined, fresh: boolean): Route => {
    const options = {keepAlive: !fresh, maxSockets: 64};
    if (url.protocol === 'http:') {
      const agent = proxy?.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
      return {agent: {http: agent}, proxy};
    }
    if (proxy === undefined) return {agent: {https: new https.Agent(options)}, proxy};
    // The client certificate is for the cloud, not for the proxy.
    const proxyRequestOptions = {
      rejectUnauthorized: tls.verify,
      ...(tls.ca === undefined ? {} : {ca: [tls.ca]}),
    };
    return {agent: {https: new HttpsProxyAgent({...options, proxy, proxyRequestOptions})}, proxy};
  };
  return {
    route(url, fresh) {
      const proxy = proxyFor(url, env);
      if (fresh) return make(url, proxy, true);
      const key = `${url.protocol} ${proxy?.href ?? ''}`;
      const route = kept.get(key) ?? make(url, proxy, false);
      kept.set(key, route);
      return route;
    },
    close() {
      for (const {agent} of kept.values()) {
        agent.http?.destroy();
        agent.https?.destroy();
      }
      kept.clear();
    },
  };
}

/**
 * A request for plain http goes to the proxy with the whole address as its path (RFC 9112 §3.2.2), not through
 * CONNECT, which proxies mostly allow to port 443 alone.
 */
export function throughProxy(
  url: URL,
  options: http.RequestOptions,
  proxy: URL,
  callback?: (response: http.IncomingMessage) => void,
): http.ClientRequest {
  const headers: http.OutgoingHttpHeaders = {
    ...(options.headers as http.OutgoingHttpHeaders),
    host: url.host,
  };
  if (proxy.username !== '' || proxy.password !== '') {
    const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    headers['proxy-authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  const start = proxy.protocol === 'https:' ? https.request : http.request;
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  plain.hash = '';
  const there: http.RequestOptions = {
    ...options,
    protocol: proxy.protocol,
    host: proxy.hostname,
    hostname: proxy.hostname,
    port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : proxy.port,
    path: plain.href,
    headers,
  };
  return start(there, callback);
}
