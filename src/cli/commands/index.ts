/**
 * The commands, in the order that help lists them. What help says of them all stands here; the rest of a command is loaded
 * when a word of the command line is its name.
 */
import {listed, type Listed} from '../command.ts';

export const commands: readonly Listed[] = [
  listed(
    {usage: 'snapshot [dir]', summary: 'Read the project and write the bundle that rebuilds it'},
    async () => (await import('./snapshot.ts')).snapshot,
  ),
  listed(
    {
      usage: 'render <source> [dir]',
      summary: 'Write the bundle of an inventory that was taken before, without a cloud',
    },
    async () => (await import('./render.ts')).render,
  ),
  listed(
    {usage: 'list <source>', aliases: ['ls'], summary: 'Show what is in a project, an inventory or a bundle'},
    async () => (await import('./list.ts')).list,
  ),
  listed(
    {usage: 'select <source>', summary: 'Pick things of a project from a list, and see what comes along'},
    async () => (await import('./select.ts')).select,
  ),
  listed(
    {usage: 'graph <source>', summary: 'Draw the networks of a project, and what stands on them'},
    async () => (await import('./graph.ts')).graph,
  ),
  listed(
    {
      usage: 'check <dir>',
      summary: 'Say whether a bundle can be deployed to a project; changes nothing there',
    },
    async () => (await import('./check.ts')).check,
  ),
  listed(
    {
      usage: 'deploy <dir>',
      summary:
        'Make the stack of a bundle, or update it to what the bundle says; follow its events, print its outputs',
    },
    async () => (await import('./deploy.ts')).deploy,
  ),
  listed(
    {usage: 'verify <dir>', summary: 'Read what a stack built and compare it with the snapshot'},
    async () => (await import('./verify.ts')).verify,
  ),
  listed(
    {usage: 'diff <a> <b>', summary: 'Compare two projects, or two times of one, in the terms of a template'},
    async () => (await import('./diff.ts')).diff,
  ),
  listed(
    {usage: 'clone [dir]', summary: 'Snapshot a project, deploy it to another one, and prove the copy'},
    async () => (await import('./clone.ts')).clone,
  ),
  listed(
    {usage: 'adopt <dir>', summary: 'Put what already runs under a stack of Heat, without touching it'},
    async () => (await import('./adopt.ts')).adopt,
  ),
  listed(
    {usage: 'stack <command>', summary: 'Look at stacks, and suspend, check, snapshot or delete them'},
    async () => (await import('./stack/index.ts')).stack,
  ),
];
