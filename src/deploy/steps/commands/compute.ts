/** Nova's commands. Proof: openstackclient `compute/v2/server.py`, nova `api/openstack/compute/servers.py`. */
import {RekindleError} from '../../../model/errors.ts';
import {text} from '../command.ts';
import type {Command} from '../command.ts';
import {type Collection, type Effect, type Hands, setting} from '../effect.ts';

const servers: Collection = {
  service: 'compute',
  path: 'servers',
  rows: 'servers',
  row: 'server',
  noun: 'server',
};

function at(microversion: string | undefined): Collection {
  return microversion === undefined ? servers : {...servers, microversion};
}

async function act(hands: Hands, id: string, json: object, microversion?: string): Promise<void> {
  await hands.call('compute', 'POST', `servers/${id}/action`, {
    json,
    ...(microversion === undefined ? {} : {microversion}),
  });
}

/** Nova takes its time; longer than this, something is wrong. In milliseconds. */
const patience = 300_000;

/** Brings a server to rest; waits until it is there. */
function resting(hands: Hands, id: string, action: object, states: readonly string[]): Effect {
  const status = async (): Promise<string> => String((await hands.get(servers, id))['status']);
  const isSo = async (): Promise<boolean> => states.includes(await status());
  return {
    isSo,
    async apply() {
      await act(hands, id, action);
      const began = hands.clock.now();
      while (!(await isSo())) {
        if (hands.signal?.aborted === true)
          throw new RekindleError('aborted', 'Interrupted while a server stops');
        if (hands.clock.now() - began > patience)
          throw new RekindleError('timeout', `the server is ${await status()} after 300 s, not ${states[0]}`);
        await hands.clock.sleep(1000, hands.signal);
      }
    },
  };
}

const verbs = {
  stop: [{'os-stop': null}, ['SHUTOFF']],
  pause: [{pause: null}, ['PAUSED']],
  suspend: [{suspend: null}, ['SUSPENDED']],
  shelve: [{shelve: null}, ['SHELVED', 'SHELVED_OFFLOADED']],
} as const;

export const compute: readonly Command[] = [
  ...Object.entries(verbs).map(([verb, [action, states]]): Command => ({
    name: `server ${verb}`,
    service: 'compute',
    options: {},
    operands: 1,
    effect: ({operands: [id = '']}, hands) => resting(hands, id, action, states),
  })),
  {
    name: 'server lock',
    service: 'compute',
    options: {'--reason': text('locked_reason')},
    operands: 1,
    effect: ({body, operands: [id = ''], microversion}, hands) => {
      const isLocked = async (): Promise<boolean> =>
        (await hands.get(at(microversion), id))['locked'] === true;
      return {
        isSo: isLocked,
        async apply() {
          await act(hands, id, {lock: Object.keys(body).length === 0 ? null : body}, microversion);
        },
        // Nova deletes no locked server for a member, so neither can Heat.
        async undo() {
          if (!(await isLocked())) return false;
          await act(hands, id, {unlock: null});
          return true;
        },
      };
    },
  },
  {
    name: 'server set',
    service: 'compute',
    options: {
      '--description': text('description'),
      '--hostname': text('OS-EXT-SRV-ATTR:hostname'),
    },
    operands: 1,
    effect({body, operands: [id = ''], microversion}, hands) {
      const {'OS-EXT-SRV-ATTR:hostname': hostname, ...rest} = body;
      const effect = setting(hands, at(microversion), id, body);
      return {
        ...effect,
        async apply() {
          // The row's field and the request's have different names.
          const server = {...rest, ...(hostname === undefined ? {} : {hostname})};
          await hands.call('compute', 'PUT', `servers/${id}`, {json: {server}, microversion});
        },
      };
    },
  },
];
