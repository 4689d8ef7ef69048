/** The family `stack`: the life of a stack after it was made. */
import {listed, makeFamily} from '../../command.ts';

export const stack = makeFamily({
  examples: [
    'rekindle stack list --os-cloud prod',
    'rekindle stack events web --follow',
    'rekindle stack outputs web address',
    'rekindle stack delete web',
  ],
  members: [
    listed(
      {usage: 'list', aliases: ['ls'], summary: "List the project's stacks"},
      async () => (await import('./list.ts')).list,
    ),
    listed(
      {usage: 'show <stack>', summary: 'Show a stack: state, times, tags, parameters, outputs'},
      async () => (await import('./show.ts')).show,
    ),
    listed(
      {usage: 'events <stack>', summary: 'Show what happened to a stack and its resources, oldest first'},
      async () => (await import('./events.ts')).events,
    ),
    listed(
      {
        usage: 'resources <stack> [resource]',
        summary: 'Show the resources of a stack, or one of them with its attributes',
      },
      async () => (await import('./resources.ts')).resources,
    ),
    listed(
      {usage: 'outputs <stack> [key]', summary: 'Show the outputs of a stack, or the bare value of one'},
      async () => (await import('./outputs.ts')).outputs,
    ),
    listed(
      {usage: 'template <stack>', summary: 'Print the template of a stack, as Heat keeps it'},
      async () => (await import('./template.ts')).template,
    ),
    listed(
      {
        usage: 'environment <stack>',
        summary: 'Print the environment of a stack: the parameters it was given',
      },
      async () => (await import('./environment.ts')).environment,
    ),
    listed(
      {
        usage: 'validate <source>',
        summary: "Let Heat look at a template's structure, and list its parameters",
      },
      async () => (await import('./validate.ts')).validate,
    ),
    listed(
      {
        usage: 'preview <source>',
        summary: 'List what Heat would make of a bundle or a template; make nothing',
      },
      async () => (await import('./preview.ts')).preview,
    ),
    listed(
      {
        usage: 'check <stack>',
        summary: 'Let Heat look whether the resources of a stack are still there and well',
      },
      async () => (await import('./check.ts')).check,
    ),
    listed(
      {
        usage: 'suspend <stack>',
        summary: 'Suspend the servers of a stack, and whatever else of it can be suspended',
      },
      async () => (await import('./suspend.ts')).suspend,
    ),
    listed(
      {usage: 'resume <stack>', summary: 'Wake up a stack that was suspended'},
      async () => (await import('./resume.ts')).resume,
    ),
    listed(
      {usage: 'snapshot <command>', summary: 'Snapshots of a stack: create, list, show, restore, delete'},
      async () => (await import('./snapshot/index.ts')).snapshot,
    ),
    listed(
      {
        usage: 'cancel <stack>',
        summary: 'Cancel the update of a stack that is going on, and go back to what was before',
      },
      async () => (await import('./cancel.ts')).cancel,
    ),
    listed(
      {
        usage: 'delete <stack>',
        aliases: ['rm'],
        summary: 'Delete a stack and everything in it; say what stays',
      },
      async () => (await import('./delete.ts')).remove,
    ),
  ],
});
