/** The family `stack snapshot`. */
import {makeFamily} from '../../../command.ts';
import {create} from './create.ts';
import {remove} from './delete.ts';
import {list} from './list.ts';
import {restore} from './restore.ts';
import {show} from './show.ts';

export const snapshot = makeFamily({
  name: 'snapshot',
  summary: 'Snapshots of a stack: create, list, show, restore, delete',
  examples: [
    'rekindle stack snapshot create web --name before-upgrade',
    'rekindle stack snapshot list web',
    'rekindle stack snapshot restore web before-upgrade',
  ],
  members: [create, list, show, restore, remove],
});
