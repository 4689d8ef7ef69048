import {RekindleError} from '../../model/errors.ts';
import {type CloudSettings} from '../settings.ts';
import {type Clock, type Logger} from '../types.ts';
import {type Token} from './token.ts';

/** A token is replaced this long before it ends, so that it doesn't end on its way. */
const EARLY_MS = 120_000;
/** A clock that is wrong, or a cloud with very short tokens, must not make us fetch one for every request. */
const LEAST_AGE_MS = 60_000;

const RENEWABLE = new Set([
  'password',
  'v3applicationcredential',
  'v3oidcpassword',
  'v3oidcclientcredentials',
]);

/** Hands out the session's token and replaces it in time; callers at once share one renewal. */
export interface Tokens {
  /** The token to send now. */
  get(): Promise<Token>;
  /**
   * A token other than the one that a service just refused.
   * @throws RekindleError 'auth' where the credentials can't give another.
   */
  replace(refused: Token, by: string): Promise<Token>;
}

export function createTokens(
  settings: CloudSettings,
  host: string,
  first: Token,
  fetch: () => Promise<Token>,
  {clock, logger}: {readonly clock: Clock; readonly logger: Logger},
): Tokens {
  let current = first;
  let since = clock.now();
  let renewing: Promise<Token> | undefined;
  const renewable = RENEWABLE.has(settings.authType);
  const left = (token: Token): number =>
    token.expiresAt === undefined ? Infinity : token.expiresAt.getTime() - clock.now();

  const renew = (): Promise<Token> => {
    renewing ??= (async () => {
      try {
        logger.log('info', `Getting a new token from ${host}`);
        current = await fetch();
        since = clock.now();
        return current;
      } finally {
        renewing = undefined;
      }
    })();
    return renewing;
  };

  return {
    async get() {
      if (renewing !== undefined) return await renewing;
      // What can't be renewed is used to its end; the service then says so, and `replace` says when it was.
      const soon = left(current) < EARLY_MS && clock.now() - since >= LEAST_AGE_MS;
      return soon && renewable ? await renew() : current;
    },
    async replace(refused, by) {
      if (renewing !== undefined) return await renewing;
      if (current !== refused) return current;
      if (renewable) return await renew();
      if (left(current) <= 0) throw expired(current, settings, host);
      throw new RekindleError('auth', `${by} rejects the token, and the credentials can't give another`, {
        service: by,
        status: 401,
        hint: 'it may have been revoked: get a new one with `openstack token issue`',
      });
    },
  };
}

function expired(token: Token, settings: CloudSettings, host: string): RekindleError {
  const kinds: Readonly<Record<string, string>> = {
    token: 'token',
    v3totp: 'token from the one-time passcode',
    v3multifactor: 'token from several factors',
    v3oidcaccesstoken: 'token from the access token',
  };
  const kind = kinds[settings.authType] ?? 'token';
  return new RekindleError(
    'auth',
    `The ${kind} expired at ${token.identity.expires_at} and can't be renewed (${host})`,
    {
      service: 'identity',
      hint: 'sign in again; a password or an application credential lets a long run renew its token by itself',
    },
  );
}
