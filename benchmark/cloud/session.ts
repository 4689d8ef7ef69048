/** A session with a synthetic cloud, which takes any password. */
import {openSession, type Session} from '../../src/index.ts';

export function sessionWith(authUrl: string, region: string): Promise<Session> {
  return openSession(
    {
      osAuthUrl: authUrl,
      osRegionName: region,
      osUsername: 'bench',
      osUserDomainName: 'Default',
      osPassword: 'any',
      osProjectName: 'bench',
      osProjectDomainName: 'Default',
    },
    {
      env: {},
      cwd: '/',
      home: '/nonexistent',
      platform: process.platform,
      logger: {log: () => {}, wants: () => false},
    },
  );
}
