/** A session with a recorded cloud. */
import {openSession, type Clock, type Logger, type Session} from '../../../src/cloud/index.ts';
import type {Recording} from './recording.ts';
import {startReplay, type Replay, type ReplayOptions} from './server.ts';

export interface ReplaySession {
  readonly session: Session;
  readonly replay: Replay;
  readonly close: () => Promise<void>;
}

/** The port is another one each time; this is what a sample's inventory says. */
const authHost = 'keystone.example:5000';

export async function openReplay(
  recording: Recording,
  options: ReplayOptions & {
    readonly password?: string;
    readonly logger?: Logger;
    readonly clock?: Clock;
    /** Seconds for one request. */
    readonly timeout?: number;
  } = {},
): Promise<ReplaySession> {
  const replay = await startReplay(recording, options);
  const {user, project, region} = recording;
  try {
    const session = await openSession(
      {
        osAuthUrl: replay.authUrl,
        osUsername: user.name,
        osUserDomainName: user.domain,
        osPassword: options.password ?? 'replayed',
        osProjectName: project.name,
        osProjectDomainName: project.domain,
        osRegionName: region,
        httpTimeout: options.timeout,
      },
      {
        env: {},
        cwd: '/',
        home: '/nonexistent',
        platform: 'linux',
        logger: options.logger ?? {log: () => {}},
        clock: options.clock,
      },
    );
    const close = async (): Promise<void> => {
      session.close();
      await replay.close();
    };
    return {session: {...session, authHost}, replay, close};
  } catch (error) {
    await replay.close();
    throw error;
  }
}
