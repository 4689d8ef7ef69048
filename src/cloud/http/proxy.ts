import {isIP, BlockList} from 'node:net';

import {RekindleError} from '../../model/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address, by the rules of Python's `requests` (`utils.py`, should_bypass_proxies and
 * get_environ_proxies): `<scheme>_proxy` before `all_proxy`, the lower-case name before the upper-case one.
 * @throws RekindleError 'config' for a proxy that isn't an http(s) one.
 */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  const scheme = url.protocol.slice(0, -1);
  const name = [`${scheme}_proxy`, 'all_proxy'].find(name => lookUp(name, env) !== undefined);
  if (name === undefined || bypassed(url, lookUp('no_proxy', env) ?? '')) return undefined;
  const value = lookUp(name, env) ?? '';
  let proxy: URL | undefined;
  try {
    proxy = new URL(value.includes('://') ? value : `http://${value}`);
  } catch {
    // Reported below, without the value: it may hold a password.
  }
  if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') return proxy;
  throw new RekindleError('config', `The proxy in ${name.toUpperCase()} can't be used`, {
    hint: 'it must be an address as http://proxy.example.com:3128; SOCKS is not supported',
  });
}

function lookUp(name: string, env: Environment): string | undefined {
  const value = env[name] ?? env[name.toUpperCase()];
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

/** `*`, host suffixes, `host:port`, addresses and IPv4 networks in CIDR form. */
function bypassed(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/gu, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .split(/[,\s]+/u)
    .map(entry => entry.toLowerCase())
    .filter(entry => entry !== '')
    .some(entry => entry === '*' || matches(host, port, entry));
}

function matches(host: string, port: string, entry: string): boolean {
  const [network, bits] = entry.split('/');
  if (bits !== undefined) return isIP(host) === 4 && inNetwork(host, network ?? '', Number(bits));
  if (isIP(host) !== 0) return host === entry.replace(/^\[|\]$/gu, '') || `${host}:${port}` === entry;
  const suffix = entry.replace(/^\*?\./u, '');
  return [host, `${host}:${port}`].some(name => name === suffix || name.endsWith(`.${suffix}`));
}

function inNetwork(host: string, network: string, bits: number): boolean {
  if (isIP(network) !== 4 || !Number.isInteger(bits) || bits < 0 || bits > 32) return false;
  const block = new BlockList();
  block.addSubnet(network, bits, 'ipv4');
  return block.check(host, 'ipv4');
}
