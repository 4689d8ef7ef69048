import {refer} from '../../model/define.ts';

/**
 * A key pair of another user, known by name only: Nova lists nobody else's. A kind of its own, because two users may
 * each have a `laptop`, and a server must not come back with the wrong one.
 */
interface Row {
  readonly id: string;
}

export const foreignKeypair = refer<Row>()({
  kind: 'foreign_keypair',
  section: 'Key pairs',
  outside: {constraint: 'nova.keypair', prefix: 'keypair', optional: true},
});
