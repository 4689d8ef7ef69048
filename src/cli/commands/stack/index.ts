/** The family `stack`: the life of a stack after it was made. */
import {makeFamily} from '../../command.ts';
import {cancel} from './cancel.ts';
import {check} from './check.ts';
import {remove} from './delete.ts';
import {environment} from './environment.ts';
import {events} from './events.ts';
import {list} from './list.ts';
import {outputs} from './outputs.ts';
import {preview} from './preview.ts';
import {resources} from './resources.ts';
import {resume} from './resume.ts';
import {show} from './show.ts';
import {snapshot} from './snapshot/index.ts';
import {suspend} from './suspend.ts';
import {template} from './template.ts';
import {validate} from './validate.ts';

export const stack = makeFamily({
  name: 'stack',
  summary: 'Look at stacks, and suspend, check, snapshot or delete them',
  examples: [
    'rekindle stack list --os-cloud prod',
    'rekindle stack events web --follow',
    'rekindle stack outputs web address',
    'rekindle stack delete web',
  ],
  members: [
    list,
    show,
    events,
    resources,
    outputs,
    template,
    environment,
    validate,
    preview,
    check,
    suspend,
    resume,
    snapshot,
    cancel,
    remove,
  ],
});
