/** The family `stack snapshot`. */
import {listed, makeFamily} from '../../../command.ts';

export const snapshot = makeFamily({
  examples: [
    'rekindle stack snapshot create web --name before-upgrade',
    'rekindle stack snapshot list web',
    'rekindle stack snapshot restore web before-upgrade',
  ],
  members: [
    listed(
      {usage: 'create <stack>', summary: 'Back up the volumes of a stack and take images of its servers'},
      async () => (await import('./create.ts')).create,
    ),
    listed(
      {usage: 'list <stack>', aliases: ['ls'], summary: 'List the snapshots of a stack'},
      async () => (await import('./list.ts')).list,
    ),
    listed(
      {usage: 'show <stack> <snapshot>', summary: 'Show a snapshot of a stack'},
      async () => (await import('./show.ts')).show,
    ),
    listed(
      {usage: 'restore <stack> <snapshot>', summary: 'Put a stack back to a snapshot of it'},
      async () => (await import('./restore.ts')).restore,
    ),
    listed(
      {
        usage: 'delete <stack> <snapshot>',
        aliases: ['rm'],
        summary: 'Delete a snapshot of a stack, with its backups and images',
      },
      async () => (await import('./delete.ts')).remove,
    ),
  ],
});
