/** What a token request says, without its secret. */

export interface Asked {
  readonly method: string;
  readonly secret: string;
  /** Name or id of the project asked for. */
  readonly project: string | undefined;
}

interface Body {
  auth?: {
    identity?: {
      methods?: string[];
      password?: {user?: {password?: string}};
      application_credential?: {secret?: string};
      token?: {id?: string};
    };
    scope?: {project?: {id?: string; name?: string}};
  };
}

export function askedOf(text: string): Asked {
  let body: Body = {};
  try {
    body = JSON.parse(text) as Body;
  } catch {
    // No request of Keystone's.
  }
  const {identity, scope} = body.auth ?? {};
  const secret =
    identity?.password?.user?.password ??
    identity?.application_credential?.secret ??
    identity?.token?.id ??
    '';
  return {
    method: identity?.methods?.[0] ?? '',
    secret,
    project: scope?.project?.name ?? scope?.project?.id,
  };
}

/** The same request with a secret that is wrong. */
export function withWrongSecret(text: string): string {
  const {secret} = askedOf(text);
  return text.replaceAll(JSON.stringify(secret), JSON.stringify('wrong'));
}
