/** The commands, in the order that help lists them. */
import type {Registered} from '../command.ts';
import {adopt} from './adopt.ts';
import {check} from './check.ts';
import {clone} from './clone.ts';
import {deploy} from './deploy.ts';
import {diff} from './diff.ts';
import {graph} from './graph.ts';
import {list} from './list.ts';
import {render} from './render.ts';
import {snapshot} from './snapshot.ts';
import {stack} from './stack/index.ts';
import {verify} from './verify.ts';

export const commands: readonly Registered[] = [
  snapshot,
  render,
  list,
  graph,
  check,
  deploy,
  verify,
  diff,
  clone,
  adopt,
  stack,
];
